"""Which sources have fallen silent, by how often they are usually heard."""

import datetime as dt

from django.db import connection

from crm_intake.ledger.kinds import IMPORTED

LATELY = dt.timedelta(days=14)
FEW = 20  # deliveries: from fewer nobody knows what is usual
SHORTEST = dt.timedelta(hours=4)
LONGER_THAN_EVER = 1.5  # times the longest pause of late, nights and weekends among them

PAUSES = """
select provider, max(received_at), max(received_at - before) from (
  select provider, received_at,
         lag(received_at) over (partition by provider order by received_at) as before
    from crm_intake_webhookdelivery where received_at > %(since)s and provider <> %(imported)s
) as heard group by provider having count(*) >= %(few)s
"""


def silent_since(now: dt.datetime) -> dict[str, dt.datetime]:
    """Return the sources that have been silent for longer than is usual, and since when.

    One query. A source of which little was heard in two weeks is not judged.
    """
    with connection.cursor() as cursor:
        cursor.execute(PAUSES, {"since": now - LATELY, "few": FEW, "imported": IMPORTED})
        rows = cursor.fetchall()
    return {
        provider: last
        for provider, last, longest in rows
        if now - last > max(SHORTEST, LONGER_THAN_EVER * longest)
    }
