"""The forms of the sync desk."""
