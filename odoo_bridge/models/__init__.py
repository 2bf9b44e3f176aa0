"""The bridge's tables: mirrors of Odoo's records, and the bridge's own state."""

from odoo_bridge.models.access import OdooAccess

__all__ = ["OdooAccess"]
