"""How many calls a second: a bucket of one second, in one row that all workers share."""

import time

from django.conf import settings
from django.db import connection

# By the database's clock, so that workers whose own clocks differ share one bucket. After a pause
# the calls of one second may go at once.
RESERVE = """
insert into odoo_bridge_callrate as rate (id, free_at)
values (1, clock_timestamp() - interval '1 second' + %(step)s * interval '1 second')
on conflict (id) do update
   set free_at = greatest(rate.free_at, clock_timestamp() - interval '1 second')
               + %(step)s * interval '1 second'
returning extract(epoch from free_at - clock_timestamp()) - %(step)s
"""


def wait_for_turn() -> None:
    """Wait until one more call may be made, where OUTBOX_CALLS_PER_SECOND sets a limit."""
    limit = settings.OUTBOX_CALLS_PER_SECOND
    if not limit:
        return
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, {"step": 1 / limit})
        seconds = float(cursor.fetchone()[0])
    time.sleep(max(0.0, seconds))
