"""Synthetic citizens who walk a programme by its rules, and what that takes; the only room that throws dice."""
