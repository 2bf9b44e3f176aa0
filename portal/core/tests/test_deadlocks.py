"""Of two transactions that wait for each other one begins anew, and both come to their end."""

import threading
import time

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from portal.core import deadlocks
from portal.core.deadlocks import in_a_transaction
from portal.local.ports import wait_until
from portal.testing.mirrors import PartnerFactory
from portal.testing.sessions import PAST_THE_OTHERS_LOOK, other_session

pytestmark = pytest.mark.django_db(transaction=True)
LOCK = "select from odoo_bridge_partner where id = %s for update"
WAITERS = "select from pg_stat_activity where %s = any(pg_blocking_pids(pid))"


@pytest.fixture
def somebody():
    with other_session() as session:
        yield session


@pytest.fixture
def looker():
    with other_session() as session:
        session.autocommit = True
        yield session


def backend():
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return cursor.fetchone()[0]


def lock(pk):
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [pk])


def test_who_loses_a_deadlock_begins_anew(somebody, looker):
    one, two = PartnerFactory.create_batch(2)
    somebody.execute(LOCK, [two.pk])
    begun = []

    def the_other_way():
        somebody.execute(LOCK, [one.pk])
        somebody.commit()

    other = threading.Thread(target=the_other_way)

    def work():
        lock(one.pk)
        if not begun:
            other.start()
            wait_until(lambda: looker.execute(WAITERS, [backend()]).rowcount, what="the other")
            time.sleep(PAST_THE_OTHERS_LOOK)
        begun.append(one)
        lock(two.pk)
        return "both"

    assert in_a_transaction(work) == "both"

    other.join()
    assert len(begun) == 2


class Failing:
    """Work that PostgreSQL always ends for the same reason; ``begun`` counts."""

    def __init__(self, reason):
        self.reason, self.begun = reason, 0

    def __call__(self):
        self.begun += 1
        raise OperationalError from self.reason


def test_who_loses_every_time_gives_up(monkeypatch):
    monkeypatch.setattr(deadlocks, "LONGEST_PAUSE", 0)
    work = Failing(psycopg.errors.DeadlockDetected())

    with pytest.raises(OperationalError):
        in_a_transaction(work)
    assert work.begun == deadlocks.TIMES

    with pytest.raises(OperationalError), transaction.atomic():
        in_a_transaction(work)
    assert work.begun == deadlocks.TIMES + 1, "only who began the transaction can begin it anew"


def test_another_trouble_is_no_deadlock():
    work = Failing(psycopg.errors.AdminShutdown())

    with pytest.raises(OperationalError):
        in_a_transaction(work)

    assert work.begun == 1
