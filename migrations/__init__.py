"""The database's shape: numbered SQL, forward only."""
