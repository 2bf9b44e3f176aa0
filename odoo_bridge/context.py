"""What the frame of every page says about Odoo."""

from typing import Any

from django.http import HttpRequest

from odoo_bridge.selectors.outbox import kept_changes
from odoo_bridge.selectors.sample import holds_sample_data
from odoo_bridge.selectors.state import odoo_state


def odoo(request: HttpRequest) -> dict[str, Any]:
    """Give templates the state of Odoo, asked for only where it is shown."""
    return {
        "odoo_state": odoo_state,
        "sample_data": holds_sample_data,
        "kept_changes": kept_changes,
    }
