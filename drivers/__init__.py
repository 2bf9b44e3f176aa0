"""The driver's day on the phone."""
