"""Reading Odoo into the mirrors."""
