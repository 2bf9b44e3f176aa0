"""The forms of the board."""
