"""Let mirrors be read again from their beginning."""

from django.db.models import F, QuerySet

from odoo_bridge.models import PollCursor


def read_from_the_beginning(cursors: QuerySet[PollCursor]) -> None:
    """Forget how far these mirrors were read, also for a reader that is under way.

    It has lost its lease with this, and stores nothing of how far it came.
    """
    cursors.update(
        high_water=None,
        scan_from=None,
        scan_until=None,
        scan_last_id=0,
        leased_until=None,
        fence=F("fence") + 1,
    )
