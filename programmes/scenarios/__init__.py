"""Tests of a programme, written as stories in YAML beside it."""
