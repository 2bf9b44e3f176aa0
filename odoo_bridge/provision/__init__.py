"""Making an Odoo ready for the portal over its API, and finding what is missing."""
