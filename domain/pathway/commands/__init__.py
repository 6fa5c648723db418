"""Everything that may be asked of a pathway, by subject."""
