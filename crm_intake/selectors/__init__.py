"""The intake's reads."""
