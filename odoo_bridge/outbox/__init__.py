"""Everything that the portal sends to Odoo: promised in a transaction, sent after it, in order."""

from odoo_bridge.outbox.enqueue import enqueue

__all__ = ["enqueue"]
