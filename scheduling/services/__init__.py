"""The writes of scheduling."""
