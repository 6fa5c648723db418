"""Everything that touches the world for a workflow, one retryable act at a time."""
