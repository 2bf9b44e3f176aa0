"""The tests of the director's page."""
