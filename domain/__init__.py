"""The rules of activation pathways: values and pure functions, without clock, chance or I/O."""
