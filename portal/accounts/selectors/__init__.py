"""The reads of the accounts."""
