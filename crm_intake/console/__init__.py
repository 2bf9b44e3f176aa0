"""A provider for trials: it sends nothing, and says so in the log."""
