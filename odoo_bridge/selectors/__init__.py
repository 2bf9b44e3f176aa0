"""What the bridge tells the other apps."""
