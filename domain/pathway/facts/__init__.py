"""Everything that can happen on a pathway, by subject."""
