"""The intake's pages and doors."""
