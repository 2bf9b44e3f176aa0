"""GitHub: events of a repository, kept and shown."""
