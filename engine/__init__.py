"""The one way a command becomes facts, and the sweep that repairs."""
