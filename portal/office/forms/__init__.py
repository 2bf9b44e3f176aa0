"""The forms of the set-up page."""
