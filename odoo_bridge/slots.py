"""How many do something at once, over all workers: who does it holds a number in PostgreSQL.

Advisory locks, since they end with the session of a worker that is killed: a row with a lease would
keep all others waiting until it expires. A call that such a worker left behind in Odoo is not
counted any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import connection


class Doing(IntEnum):
    """The first half of the locks' names; the portal has no others of two halves."""

    SENDING = 7_310_421
    POLLING = 7_310_422
    WATCHING = 7_310_423
    FETCHING = 7_310_424
    TEXTING = 7_310_425
    ASKING = 7_310_426
    COUNTING = 7_310_427
    REFRESHING = 7_310_428
    DRAWING = 7_310_429


TAKE = """
select number from generate_series(1, %s) as number
 where pg_try_advisory_lock(%s, number) limit 1
"""
GIVE_BACK = "select pg_advisory_unlock(%s, %s)"


@contextmanager
def slot(doing: Doing, *, of: int) -> Iterator[bool]:
    """Hold a slot while the block runs; ``False`` when so many others do the same."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [of, doing])
        taken = cursor.fetchone()
    try:
        yield taken is not None
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute(GIVE_BACK, [doing, taken[0]])
