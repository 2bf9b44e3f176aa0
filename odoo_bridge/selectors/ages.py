"""How old what we show of Odoo is."""

import datetime as dt

from odoo_bridge.models import Mirror, PollCursor


def read_at(mirror: type[Mirror]) -> dt.datetime | None:
    """Return when a mirror was last brought up to date; ``None`` when it never was."""
    cursor = PollCursor.objects.filter(mirror=mirror.__name__).first()
    return cursor.finished_at if cursor else None
