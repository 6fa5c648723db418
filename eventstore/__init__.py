"""Where facts are kept: sealed, chained, never changed."""
