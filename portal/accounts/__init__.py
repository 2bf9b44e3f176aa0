"""People who work with the portal, and what their roles allow."""
