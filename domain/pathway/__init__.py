"""One citizen's walk through one programme: its facts, its state and its rules."""
