"""Posts that prove nothing: the first are noted one by one, and of a flood how many they were."""

import datetime as dt
import threading

import pytest
import structlog
from django.db import DatabaseError, connection
from django.db.models import Sum
from django.utils import timezone

from crm_intake.models import RefusedDelivery
from crm_intake.selectors.hearing import hearings
from crm_intake.selectors.truth import truth_board
from crm_intake.services import note_refusal as refusals
from crm_intake.services.note_refusal import FLOOD, ONE_BY_ONE, note_refusal
from crm_intake.tests.conftest import payload

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(second=5)
MORE = 500


def refuse(times, reason="no signature", now=NOW):
    for _ in range(times):
        note_refusal(provider="quo", reason=reason, body=b"x", now=now)


@pytest.fixture(autouse=True)
def _fresh_log(monkeypatch):
    """Log with a logger that nothing has set up yet: only what such a one says is captured."""
    monkeypatch.setattr(refusals, "log", structlog.get_logger())


@pytest.fixture
def later(monkeypatch):
    """Let the writing wait until the test asks for it."""
    monkeypatch.setattr(refusals, "PAUSE", 3600)


def test_a_flood_is_counted_and_none_of_it_is_lost(later):
    refuse(ONE_BY_ONE + MORE)
    refuse(ONE_BY_ONE + 2, "wrong signature")
    FLOOD.write()
    refuse(MORE, now=NOW + dt.timedelta(seconds=20))
    FLOOD.write()

    total = RefusedDelivery.objects.values_list("reason").annotate(Sum("times"))
    assert dict(total) == {
        "no signature": ONE_BY_ONE + 2 * MORE,
        "wrong signature": ONE_BY_ONE + 2,
    }
    assert RefusedDelivery.objects.count() == 2 * (ONE_BY_ONE + 1)
    assert RefusedDelivery.objects.get(times=2).body_sha256 == ""


def test_the_next_minute_begins_one_by_one(later):
    refuse(ONE_BY_ONE + MORE)
    refuse(1, now=NOW + dt.timedelta(minutes=1))

    assert RefusedDelivery.objects.count() == ONE_BY_ONE + 1


def test_the_pages_count_all_of_a_flood(later, quo):
    refuse(ONE_BY_ONE + MORE)
    FLOOD.write()

    [row] = truth_board(NOW)
    assert row.refusals == [("no signature", ONE_BY_ONE + MORE)]
    [hearing] = hearings()
    assert (hearing.refused_since, hearing.last_reason) == (ONE_BY_ONE + MORE, "no signature")


def test_the_log_tells_of_each_of_the_first_and_of_the_others_together(later):
    with structlog.testing.capture_logs() as noted:
        refuse(ONE_BY_ONE + MORE)
        FLOOD.write()

    events = [one["event"] for one in noted]
    assert events == ["webhook_refused"] * ONE_BY_ONE + ["webhooks_refused"]
    assert noted[-1]["times"] == MORE


def test_what_could_not_be_written_goes_with_the_next(later, transactional_db):
    refuse(ONE_BY_ONE + MORE)
    with connection.cursor() as cursor:
        cursor.execute("alter table crm_intake_refuseddelivery rename to elsewhere")
    with pytest.raises(DatabaseError):
        FLOOD.write()
    with connection.cursor() as cursor:
        cursor.execute("alter table elsewhere rename to crm_intake_refuseddelivery")
    FLOOD.write()

    assert RefusedDelivery.objects.get(body_sha256="").times == MORE


@pytest.mark.parametrize("broken", [False, True])
def test_a_flood_writes_itself_down(transactional_db, monkeypatch, broken):
    monkeypatch.setattr(refusals, "PAUSE", 0.05)
    if broken:
        monkeypatch.setattr(refusals, "COUNT", "select from nowhere")
    before = set(threading.enumerate())
    with structlog.testing.capture_logs() as noted:
        refuse(ONE_BY_ONE + 2)
        for thread in set(threading.enumerate()) - before:
            thread.join()

    assert RefusedDelivery.objects.filter(times=2).exists() is not broken
    assert noted[-1]["event"] == ("refusals_not_written" if broken else "webhooks_refused")


def test_a_flood_at_the_door_is_answered_and_counted(later, quo):
    statuses = {quo(payload("message_2026"), {}).status_code for _ in range(ONE_BY_ONE + 5)}
    FLOOD.write()

    assert statuses == {401}
    assert RefusedDelivery.objects.aggregate(Sum("times"))["times__sum"] == ONE_BY_ONE + 5
