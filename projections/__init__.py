"""Read models: one file per question. Each is a function of where a pathway stands."""
