"""The bridge's pages."""
