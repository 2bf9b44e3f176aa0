"""A delivery was handed over: the customer gets a ticket with the next number."""

from collections.abc import Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from drivers.models import DeliveryTicket, StopAction
from drivers.selectors.ticket_words import (
    items_of,
    kept_until,
    lines_of_moves,
    rest_of,
    said_of,
    state_of,
)
from portal.setup.selectors.profile import business_profile
from scheduling.models import Job
from scheduling.selectors.jobs import load_goods, moves_of

OF_A_TICKET = (
    *("order__customer__parent", "order__currency", "purchase"),
    *("picking__destination__state", "picking__destination__parent"),
)
# One statement: two that ask at once, and find no row yet, still get a number each.
COUNT_ON = """
insert into drivers_ticketcount as count (id, last) values (1, 1)
on conflict (id) do update set last = count.last + 1
returning last
"""


def write_ticket(
    action: StopAction, job_id: int, handed: Mapping[int, Decimal]
) -> DeliveryTicket | None:
    """Write the ticket in this transaction, so that no number is left out; ``None`` for a pickup.

    ``handed`` is how much was handed over, by the key of the move. The caller has locked the job:
    it is delivered once.
    """
    job = Job.objects.select_related(*OF_A_TICKET).get(pk=job_id)
    if job.is_pickup:
        return None
    business = business_profile()
    on = timezone.localdate(action.done_at, ZoneInfo(business.time_zone))
    load_goods([job])
    moves = moves_of(job)
    lines = lines_of_moves(moves)
    items = items_of(moves, handed, lines=lines, state=state_of(job, business), on=on)
    rest = rest_of(moves, handed, lines)
    said = {**said_of(action, job, items, business), "rest": rest}
    return DeliveryTicket.objects.create(
        number=_next_number(),
        job=job,
        action=action,
        said=said,
        delivered_on=on,
        kept_until=kept_until(items, on),
    )


def _next_number() -> int:
    """Return a number that nobody else gets: who asks meanwhile waits for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ON)
        number: int = cursor.fetchone()[0]
    return number
