"""How many calls a second an outside service is given: one row each, shared by all workers."""

import time

from django.db import connection

MOST_WAIT = 1.0  # seconds; who would wait longer leaves it to the next run
# By the database's clock, so that workers whose own clocks differ share one pace.
BEGIN = """
insert into core_pace (name, free_at) values (%(name)s, clock_timestamp())
on conflict (name) do nothing
"""
RESERVE = """
update core_pace
   set free_at = greatest(free_at, clock_timestamp()) + %(step)s * interval '1 second'
 where name = %(name)s
   and free_at <= clock_timestamp() + %(most)s * interval '1 second'
returning extract(epoch from free_at - clock_timestamp()) - %(step)s
"""
PAUSE = """
update core_pace
   set free_at = greatest(free_at, clock_timestamp() + %(seconds)s * interval '1 second')
 where name = %(name)s
"""


def wait_for_turn(name: str, *, per_second: float) -> bool:
    """Wait until one more call may be made; ``False``: not soon, and nothing is reserved."""
    words: dict[str, str | float] = {
        "name": name,
        "step": 1 / per_second,
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


def pause(name: str, seconds: float) -> None:
    """Let nothing more be called for a while."""
    with connection.cursor() as cursor:
        cursor.execute(PAUSE, {"name": name, "seconds": seconds})
