"""Twilio: how its posts are signed, and what they tell."""
