"""The forms of the board and of purchases."""
