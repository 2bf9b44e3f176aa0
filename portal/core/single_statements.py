"""A session of the database for one statement that is executed often."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection


@contextmanager
def database_session() -> Iterator[psycopg.Connection[Any]]:
    """Lend psycopg's own session: Django's in a transaction, else one straight from the pool.

    Django writes the values into each statement, which PostgreSQL then plans anew, and takes a
    session from the pool with ceremony: together as much work as storing a row. A statement of
    this session is its own transaction, is prepared when it comes again, and takes its values
    beside it.
    """
    pool = getattr(connection, "pool", None)  # which Django's stubs do not know
    if connection.in_atomic_block or not pool:
        connection.ensure_connection()
        with connection.wrap_database_errors:
            yield connection.connection
        return
    if pool.closed:
        pool.open()
    session = pool.getconn()
    try:
        if not session.autocommit:
            session.autocommit = True
        yield session
    finally:
        pool.putconn(session)
