"""Of two transactions that wait for each other one begins anew, and both come to their end."""

import threading
import time

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from portal.core import deadlocks
from portal.core.deadlocks import in_a_transaction
from portal.testing.mirrors import PartnerFactory
from portal.testing.sessions import other_session

pytestmark = pytest.mark.django_db(transaction=True)
LOCK = "select from odoo_bridge_partner where id = %s for update"


@pytest.fixture
def somebody():
    with other_session() as session:
        yield session


def lock(pk):
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [pk])


def test_who_loses_a_deadlock_begins_anew(somebody):
    one, two = PartnerFactory.create_batch(2)
    somebody.execute(LOCK, [two.pk])
    begun = []

    def the_other_way():
        time.sleep(0.3)  # we wait longer, and are the one who is ended
        somebody.execute(LOCK, [one.pk])
        somebody.commit()

    other = threading.Thread(target=the_other_way)

    def work():
        lock(one.pk)
        if not begun:
            other.start()
        begun.append(one)
        lock(two.pk)
        return "both"

    assert in_a_transaction(work) == "both"

    other.join()
    assert len(begun) == 2


def test_who_loses_every_time_gives_up(monkeypatch):
    monkeypatch.setattr(deadlocks, "LONGEST_PAUSE", 0)
    begun = []

    def work():
        begun.append(1)
        raise OperationalError from psycopg.errors.DeadlockDetected()

    with pytest.raises(OperationalError):
        in_a_transaction(work)
    assert len(begun) == deadlocks.TIMES

    with pytest.raises(OperationalError), transaction.atomic():
        in_a_transaction(work)
    assert len(begun) == deadlocks.TIMES + 1, "only who began the transaction can begin it anew"


def test_another_trouble_is_no_deadlock():
    begun = []

    def work():
        begun.append(1)
        raise OperationalError from psycopg.errors.AdminShutdown()

    with pytest.raises(OperationalError):
        in_a_transaction(work)

    assert len(begun) == 1
