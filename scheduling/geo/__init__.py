"""Where addresses are, and how far it is from one to another."""
