"""The drain: what it does with its time, and with a stream that somebody else took meanwhile."""

import datetime as dt

import pytest
from django.db.models import F
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import OdooUnauthorized
from odoo_bridge.models import Breaker, OutboxEntry, Stream
from odoo_bridge.outbox import drain as draining
from odoo_bridge.outbox import due
from odoo_bridge.outbox.drain import drain
from odoo_bridge.outbox.handlers import HANDLERS
from odoo_bridge.outbox.outcome import NO_BUG

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]
State = OutboxEntry.State


def test_a_batch_has_an_end_and_the_next_one_goes_on(odoo_client, access, promised, monkeypatch):
    monkeypatch.setattr(draining, "MOST", 1)
    monkeypatch.setattr(due, "BATCH", 2)
    for _ in range(3):
        promised()

    assert drain(odoo_client, access) == 2
    assert drain(odoo_client, access) == 1


def test_nothing_new_is_begun_when_the_task_s_time_is_nearly_up(
    odoo_client, access, promised, monkeypatch
):
    monkeypatch.setattr(draining, "PATIENCE", dt.timedelta(seconds=-1))
    promised()

    assert drain(odoo_client, access) == 0
    assert OutboxEntry.objects.get().state == State.QUEUED


def test_an_empty_outbox_leaves_the_probe_to_who_has_something_to_ask(odoo_client, access):
    breaker.note_failure(OdooUnauthorized("Invalid apikey"), timezone.now())
    Breaker.objects.update(probe_at=timezone.now())

    assert drain(odoo_client, access) == 0

    assert breaker.may_call(timezone.now())


def test_what_is_due_waits_while_the_breaker_is_open(odoo_client, access, promised):
    promised()
    breaker.note_failure(OdooUnauthorized("Invalid apikey"), timezone.now())

    assert drain(odoo_client, access) == 0
    assert OutboxEntry.objects.get().attempts == 0


def test_a_bug_of_ours_says_nothing_of_odoo(odoo_client, access, promised, monkeypatch):
    def broken(command, odoo):
        raise ZeroDivisionError

    monkeypatch.setitem(HANDLERS, "RecordLead", broken)
    promised()

    drain(odoo_client, access)

    assert not Breaker.objects.filter(answered_at__isnull=False).exists()
    assert "ZeroDivisionError" in OutboxEntry.objects.get().last_error


@pytest.mark.parametrize("trouble", NO_BUG)
def test_a_task_out_of_time_or_without_postgresql_leaves_the_entry_to_be_looked_up(
    odoo_client, access, promised, monkeypatch, trouble
):
    def slow(command, odoo):
        raise trouble

    monkeypatch.setitem(HANDLERS, "RecordLead", slow)
    promised()

    with pytest.raises(trouble):
        drain(odoo_client, access)

    assert OutboxEntry.objects.get().state == State.SENDING


def test_a_handler_may_ask_odoo_first(odoo_client, access, promised, monkeypatch):
    answers = []

    def ask(command, odoo):
        answers.append(odoo.read("crm.lead", "search_count", domain=[]))
        [partner] = odoo.read("res.partner", "read", ids=[1], fields=["name"])
        answers.append(partner["id"])
        return lambda: None

    monkeypatch.setitem(HANDLERS, "RecordLead", ask)
    promised()

    drain(odoo_client, access)

    assert answers[0] > 0
    assert answers[1] == 1
    assert OutboxEntry.objects.get().state == State.DONE


def test_who_lost_the_stream_stops_calling_and_leaves_the_entry_to_the_other(
    odoo_client, access, promised, monkeypatch
):
    def slow(command, odoo):
        Stream.objects.update(fence=F("fence") + 1)  # the lease ran out, and another one has it
        odoo.create("crm.lead", ["name"], ["x.y", "never made"])

    monkeypatch.setitem(HANDLERS, "RecordLead", slow)
    promised()

    assert drain(odoo_client, access) == 1
    assert OutboxEntry.objects.get().state == State.SENDING
