"""Calls and texts in, persons, leads, the consent ledger, the one door for outgoing texts."""
