"""What the driver's screens read."""
