"""Seeded runs of the bridge in real processes, against a real Odoo, while things go wrong."""
