"""The driver's screens."""
