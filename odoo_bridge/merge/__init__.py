"""What becomes of a change here when Odoo has changed too: pure, of values alone."""
