"""How many send at once, over all workers: who sends holds one of a few numbers in PostgreSQL.

Advisory locks, since they end with the session of a worker that is killed: a row with a lease would
keep all others waiting until it expires. A call that such a worker left behind in Odoo is not
counted any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

SLOTS = 7_310_421  # the first half of the locks' names; the portal has no others of two halves
TAKE = """
select number from generate_series(1, %s) as number
 where pg_try_advisory_lock(%s, number) limit 1
"""
GIVE_BACK = "select pg_advisory_unlock(%s, %s)"


@contextmanager
def slot() -> Iterator[bool]:
    """Hold a slot while the block runs; ``False`` when OUTBOX_CONCURRENCY others send."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [settings.OUTBOX_CONCURRENCY, SLOTS])
        taken = cursor.fetchone()
    try:
        yield taken is not None
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute(GIVE_BACK, [SLOTS, taken[0]])
