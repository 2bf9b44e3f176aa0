"""The director's page. It only reads."""
