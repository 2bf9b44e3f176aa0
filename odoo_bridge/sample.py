"""Sample data is told from Odoo's by its ids alone."""

# Odoo's ids are 32 bits wide and count up from 1: no real record comes near.
SAMPLE_FROM = 2_000_000_000
