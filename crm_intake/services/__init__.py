"""The intake's writes."""
