"""The tests of the driver's day."""
