"""Conditions: what a programme asks about a pathway, in CEL, type-checked before anything is published."""
