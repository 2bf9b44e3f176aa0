"""What works between the portal and Odoo, what is missing, and what to do: one finding each."""
