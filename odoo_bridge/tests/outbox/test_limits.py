"""How many send at once, and how often: limits that all workers share, in PostgreSQL alone."""

import contextlib
import time

import pytest
from django.db import connection

from odoo_bridge.models import CallRate
from odoo_bridge.outbox import rate
from odoo_bridge.outbox.drain import drain
from odoo_bridge.outbox.rate import wait_for_turn
from odoo_bridge.slots import GIVE_BACK, Doing, slot
from portal.testing.sessions import other_session

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_more_send_at_once_than_may(settings, promised):
    settings.OUTBOX_CONCURRENCY = 2
    promised()
    with other_session() as one, other_session() as two:
        for number, session in enumerate((one, two), start=1):
            session.execute("select pg_advisory_lock(%s, %s)", [Doing.SENDING, number])

        with slot(Doing.SENDING, of=2) as free:
            assert not free
        with slot(Doing.POLLING, of=1) as free:
            assert free, "each kind of work has slots of its own"
        assert drain(None, None) == 0

        two.close()  # as a killed worker's session ends: PostgreSQL gives the slot back by itself
        with slot_within(seconds=10):
            assert one.execute(
                "select pg_try_advisory_lock(%s, 2)", [Doing.SENDING]
            ).fetchone() == (False,)

    with other_session() as one:
        assert one.execute("select pg_try_advisory_lock(%s, 2)", [Doing.SENDING]).fetchone() == (
            True,
        )


@contextlib.contextmanager
def slot_within(*, seconds):
    """Hold the slot that is about to become free."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with slot(Doing.SENDING, of=2) as free:
            if free:
                yield
                return
        time.sleep(0.02)
    pytest.fail("no slot became free")


def test_a_slot_is_given_back_after_an_error():
    with pytest.raises(ZeroDivisionError), slot(Doing.SENDING, of=1):
        raise ZeroDivisionError

    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, [Doing.SENDING, 1])
        assert cursor.fetchone() == (False,)


def test_without_a_limit_nobody_waits_and_nothing_is_written(settings):
    settings.OUTBOX_CALLS_PER_SECOND = 0

    wait_for_turn()

    assert not CallRate.objects.exists()


def test_calls_of_a_second_go_at_once_and_the_rest_one_by_one(settings, monkeypatch):
    settings.OUTBOX_CALLS_PER_SECOND = 20
    waits, turns = [], []

    def sleep(seconds):
        waits.append(seconds)
        turns.append(time.monotonic() - began + seconds)

    monkeypatch.setattr(rate.time, "sleep", sleep)
    began = time.monotonic()
    for _ in range(60):
        wait_for_turn()

    assert waits[:15] == [0] * 15
    assert turns[-1] == pytest.approx(60 / 20 - 1, abs=0.2)
    assert turns[20:] == sorted(turns[20:]), "each has its turn a little after the one before"
    assert str(CallRate.objects.get()).count(":") == 2
