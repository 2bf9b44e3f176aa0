"""The writes of the driver's day."""
