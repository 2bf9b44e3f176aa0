"""The reads of the set-up."""
