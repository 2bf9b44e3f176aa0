"""Which sources have fallen silent, by how often they are usually heard."""

import datetime as dt

from django.db import connection

from crm_intake.sources import SOURCES

LATELY = dt.timedelta(days=14)
FEW = 20  # deliveries: from fewer nobody knows what is usual
SHORTEST = dt.timedelta(hours=4)
LONGER_THAN_EVER = 1.5  # times the longest pause of late, nights and weekends among them

# The two weeks end with the last delivery: a source that stays silent is not forgotten for it.
PAUSES = """
select source.provider, latest.at, max(heard.at - heard.before)
  from unnest(%(providers)s::text[]) as source(provider)
 cross join lateral (
   select max(received_at) as at
     from crm_intake_webhookdelivery where provider = source.provider
 ) as latest
 cross join lateral (
   select received_at as at, lag(received_at) over (order by received_at) as before
     from crm_intake_webhookdelivery
    where provider = source.provider and received_at > latest.at - %(lately)s::interval
 ) as heard
 group by source.provider, latest.at having count(*) >= %(few)s
"""


def silent_since(now: dt.datetime) -> dict[str, dt.datetime]:
    """Return the sources that have been silent for longer than is usual, and since when.

    One query. A source of which little was heard in its last two weeks is not judged.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            PAUSES, {"providers": list(SOURCES), "lately": f"{LATELY.days} days", "few": FEW}
        )
        rows = cursor.fetchall()
    return {
        provider: last
        for provider, last, longest in rows
        if now - last > max(SHORTEST, LONGER_THAN_EVER * longest)
    }
