"""How many texts a second a provider is given: one row for each, which all workers share."""

import time

from django.conf import settings
from django.db import connection

MOST_WAIT = 1.0  # seconds; who would wait longer leaves it to the next run
# By the database's clock, so that workers whose own clocks differ share one pace.
BEGIN = """
insert into crm_intake_textpace (provider, free_at) values (%(provider)s, clock_timestamp())
on conflict (provider) do nothing
"""
RESERVE = """
update crm_intake_textpace
   set free_at = greatest(free_at, clock_timestamp()) + %(step)s * interval '1 second'
 where provider = %(provider)s
   and free_at <= clock_timestamp() + %(most)s * interval '1 second'
returning extract(epoch from free_at - clock_timestamp()) - %(step)s
"""
PAUSE = """
update crm_intake_textpace
   set free_at = greatest(free_at, clock_timestamp() + %(seconds)s * interval '1 second')
 where provider = %(provider)s
"""


def wait_for_turn(provider: str) -> bool:
    """Wait until one more text may be handed over; ``False``: not soon, and nothing is reserved."""
    words: dict[str, str | float] = {
        "provider": provider,
        "step": 1 / settings.TEXTS_PER_SECOND,
        "most": MOST_WAIT,
    }
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, words)
        cursor.execute(RESERVE, words)
        row = cursor.fetchone()
    if row is None:
        return False
    time.sleep(max(0.0, float(row[0])))
    return True


def pause(provider: str, seconds: float) -> None:
    """Hand over nothing more for a while."""
    with connection.cursor() as cursor:
        cursor.execute(PAUSE, {"provider": provider, "seconds": seconds})
