"""Benchmarks that anyone can run: `make bench`; every figure beside its peer or its limit from the same run."""
