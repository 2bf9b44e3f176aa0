"""The one clock that all workers share: the database's. Their own may differ by minutes."""

import datetime as dt

from django.db import connection


def database_now() -> dt.datetime:
    """Return the time by the database's clock; it goes on within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        now: dt.datetime = cursor.fetchone()[0]
    return now
