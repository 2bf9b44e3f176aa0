"""The figures of the director's page."""
