"""Template tags that all apps share."""
