"""The simulation floor: the bridge's own code and a real PostgreSQL, beside a small Odoo."""
