"""What the office's pages read."""
