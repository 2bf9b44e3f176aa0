"""Whether anything is on its way to Odoo of which nobody knows yet whether it arrived."""

from odoo_bridge.models import OutboxEntry

State = OutboxEntry.State


def unsettled_entries() -> int:
    """Count what is being sent now, or whose answer was lost."""
    return OutboxEntry.objects.filter(state__in=[State.SENDING, State.UNKNOWN]).count()
