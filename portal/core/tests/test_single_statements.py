"""A session for one statement: Django's in a transaction, else one out of the pool."""

import psycopg
import pytest
from django.db import DatabaseError, connection

from portal.core.single_statements import database_session


@pytest.fixture
def pool(transactional_db):
    """Let Django keep a pool, as it does in the web processes."""
    given = connection.settings_dict
    connection.close()
    options = given["OPTIONS"] | {"pool": {"min_size": 1, "max_size": 1, "timeout": 5}}
    connection.settings_dict = given | {"OPTIONS": options, "CONN_MAX_AGE": 0}
    yield lambda: connection.pool
    connection.close()
    connection.close_pool()
    connection.settings_dict = given


def test_in_a_transaction_it_is_django_s(db):
    with database_session() as session:
        assert session is connection.connection
    with pytest.raises(DatabaseError), database_session() as session:
        session.execute("select from nowhere")


def test_it_comes_from_the_pool_commits_at_once_and_goes_back(pool):
    pool().open()
    with pool().connection() as session:
        session.autocommit = False

    for _ in range(3):  # of a pool of one
        with database_session() as session:
            session.execute("select 1")
            assert session.info.transaction_status == psycopg.pq.TransactionStatus.IDLE

    assert connection.connection is None


def test_a_statement_that_comes_again_is_prepared(pool):
    for _ in range(2):
        with database_session() as session, psycopg.Cursor(session) as cursor:
            cursor.execute("select %s::int", [1])
            found = cursor.execute("select statement from pg_prepared_statements").fetchall()

    assert ("select $1::int",) in found


def test_a_session_that_broke_is_not_lent_again(pool):
    with pytest.raises(psycopg.OperationalError), database_session() as session:
        session.execute("select pg_terminate_backend(pg_backend_pid())")

    with database_session() as session:
        assert session.execute("select 1").fetchone() == (1,)
