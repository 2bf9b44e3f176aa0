"""The bridge's writes."""
