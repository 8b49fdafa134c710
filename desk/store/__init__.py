"""Where conversations are kept: SQLite (default) or PostgreSQL, one schema, one way to write."""
