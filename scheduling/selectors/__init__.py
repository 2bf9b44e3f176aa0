"""The reads of scheduling."""
