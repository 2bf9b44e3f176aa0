"""The forms of the driver's screens."""
