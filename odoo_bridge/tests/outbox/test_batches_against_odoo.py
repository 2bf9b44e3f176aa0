"""Many leads in one call: what becomes of each, whatever becomes of the call."""

import threading
import uuid

import pytest
from django.db.models import F
from django.utils import timezone

from odoo_bridge.client import Kind
from odoo_bridge.models import Breaker, LeadRecord, OutboxEntry, Stream
from odoo_bridge.outbox import to_odoo
from odoo_bridge.outbox.acknowledge import acknowledge_all
from odoo_bridge.outbox.drain import drain
from odoo_bridge.outbox.handlers import CREATIONS, HANDLERS
from odoo_bridge.outbox.outcome import NO_BUG
from odoo_bridge.services.hold_writes import hold_writes
from odoo_bridge.tests.outbox.impatience import LATE_ANSWER, patience
from portal.local.faulty_calls import every_call
from portal.local.faulty_faults import (
    BAD_GATEWAY,
    DROP_ANSWER,
    DROP_BEFORE,
    DUPLICATE,
    answer_with,
)
from portal.local.faulty_proxy import FaultyProxy
from portal.testing.sessions import other_session

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]
State = OutboxEntry.State


@pytest.fixture
def title():
    return f"Together {uuid.uuid4()}"


@pytest.fixture
def proxy(odoo):
    with FaultyProxy(odoo.url) as proxy:
        yield proxy


@pytest.fixture
def five(promised, title):
    """Promise five leads."""
    return [promised(title=title) for _ in range(5)]


def in_odoo(client, title):
    return set(client.call("crm.lead", "search", kind=Kind.READ, domain=[["name", "=", title]]))


def ours():
    return set(LeadRecord.objects.exclude(odoo_id=None).values_list("odoo_id", flat=True))


def states():
    return sorted(OutboxEntry.objects.values_list("state", flat=True))


def test_five_go_in_one_call_and_each_gets_its_own_id(odoo, access, five, title, proxy):
    assert drain(odoo.client(base_url=proxy.url), access) == 5

    assert len(proxy.calls) == 1
    assert states() == [State.DONE] * 5
    assert len(ours()) == 5
    assert ours() == in_odoo(odoo.client(), title)
    assert not Stream.objects.filter(leased_until__isnull=False).exists()


def test_what_follows_goes_in_one_call_too(odoo, access, five, title, proxy, queue):
    queue(*(to_odoo.command_of(entry) for entry in OutboxEntry.objects.all()))

    assert drain(odoo.client(base_url=proxy.url), access) == 10

    assert len(proxy.calls) == 2
    assert len(in_odoo(odoo.client(), title)) == 5


def test_one_that_odoo_refuses_is_parked_alone(odoo_client, access, five, promised, title):
    bad = promised(title=title, owner_odoo_id=999_999)

    drain(odoo_client, access)

    parked = OutboxEntry.objects.get(state=State.PARKED)
    assert parked.target == f"lead:{bad.uuid}"
    assert "999999" in parked.last_error
    assert ours() == in_odoo(odoo_client, title)
    assert len(ours()) == 5


@pytest.mark.parametrize(
    "fault",
    [DROP_BEFORE, DROP_ANSWER, DUPLICATE, BAD_GATEWAY, LATE_ANSWER],
    ids=lambda fault: fault.name,
)
def test_there_is_one_lead_each_after_any_fault(
    odoo, odoo_client, access, five, title, quick_outbox, proxy, fault
):
    rule = proxy.rule(fault, when=every_call, times=1)
    client = odoo.client(base_url=proxy.url, **patience(fault, "crm.lead.load"))
    while OutboxEntry.objects.exclude(state=State.DONE).exists():
        drain(client, access)

    assert rule.hits == 1
    assert len(ours()) == 5
    assert ours() == in_odoo(odoo_client, title)


@pytest.mark.parametrize(
    ("fault", "state"),
    [(DROP_ANSWER, State.UNKNOWN), (answer_with(401), State.QUEUED)],
    ids=["answer lost", "key refused"],
)
def test_a_call_that_fails_counts_for_all_of_it(odoo, access, five, proxy, fault, state):
    proxy.rule(fault, when=every_call, times=1)

    drain(odoo.client(base_url=proxy.url), access)

    assert set(OutboxEntry.objects.values_list("state", "attempts")) == {(state, 0)}
    assert Breaker.objects.get().failures == 1


def test_what_was_in_no_call_is_not_in_doubt(odoo, access, promised, title, proxy):
    promised(title=title, owner_odoo_id=999_999)
    for _ in range(3):
        promised(title=title)
    proxy.rule(DROP_ANSWER, when=lambda call: len(proxy.calls) >= 2, times=1)

    drain(odoo.client(base_url=proxy.url), access)

    # The call of all was refused; the answer to the first half is lost; the second was not made.
    assert states() == [State.QUEUED, State.QUEUED, State.UNKNOWN, State.UNKNOWN]


def test_a_lost_race_is_nobody_s_fault(odoo, access, five, proxy):
    proxy.rule(answer_with(429), when=every_call, times=1)

    drain(odoo.client(base_url=proxy.url), access)

    assert set(states()) == {State.QUEUED}


def test_a_payload_that_cannot_be_read_holds_up_its_own_stream_alone(
    odoo_client, access, five, title
):
    bad = OutboxEntry.objects.last()
    OutboxEntry.objects.filter(pk=bad.pk).update(payload={"lead_uuid": "no uuid"})

    drain(odoo_client, access)

    bad.refresh_from_db()
    assert (bad.state, bad.last_error) == (State.QUEUED, "A bug of the portal: ValueError.")
    assert len(in_odoo(odoo_client, title)) == 4
    assert states().count(State.DONE) == 4


def test_a_mirror_that_is_gone_holds_up_its_own_stream_alone(odoo_client, access, five, title):
    five[0].delete()

    drain(odoo_client, access)

    [bad] = OutboxEntry.objects.exclude(state=State.DONE)
    assert bad.target == f"lead:{five[0].uuid}"
    assert bad.last_error == "A bug of the portal: DoesNotExist."
    assert len(ours()) == 4


def test_a_poll_that_was_faster_makes_no_second_mirror(odoo_client, access, five, title):
    drain(odoo_client, access)
    ids = {lead.uuid: lead.odoo_id for lead in LeadRecord.objects.all()}
    LeadRecord.objects.update(odoo_id=None)
    LeadRecord.objects.create(odoo_id=next(iter(ids.values())))

    acknowledge_all(LeadRecord, ids)

    assert {lead.uuid: lead.odoo_id for lead in LeadRecord.objects.all()} == ids


def test_who_lost_the_streams_neither_calls_nor_settles(odoo_client, access, five, title):
    client = odoo_client
    real = to_odoo.create_together

    def slow(creation, commands, odoo):
        Stream.objects.update(fence=F("fence") + 1)
        return real(creation, commands, odoo)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(to_odoo, "create_together", slow)
        drain(client, access)

    assert set(states()) == {State.SENDING}
    assert in_odoo(odoo_client, title) == set()


def test_a_stream_that_somebody_adds_to_is_settled_when_he_is_done(
    odoo_client, access, five, title
):
    with other_session() as session:
        real = to_odoo.create_together

        def create(creation, commands, odoo):
            session.execute("select from odoo_bridge_stream limit 1 for update")
            threading.Timer(0.5, session.rollback).start()
            return real(creation, commands, odoo)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(to_odoo, "create_together", create)
            drain(odoo_client, access)

    assert states() == [State.DONE] * 5
    assert len(ours()) == 5


@pytest.mark.parametrize("trouble", NO_BUG)
def test_a_task_out_of_time_or_without_postgresql_leaves_all_to_be_looked_up(
    odoo_client, access, five, monkeypatch, trouble
):
    def slow(*_args):
        raise trouble

    monkeypatch.setattr(to_odoo, "create_together", slow)

    with pytest.raises(trouble):
        drain(odoo_client, access)

    assert set(states()) == {State.SENDING}


def test_an_odoo_that_is_gone_while_each_is_sent_alone_is_asked_once(
    odoo, access, five, proxy, monkeypatch
):
    monkeypatch.setattr(to_odoo, "create_together", None)
    proxy.down()

    drain(odoo.client(base_url=proxy.url), access)

    assert set(OutboxEntry.objects.values_list("state", "attempts")) == {(State.QUEUED, 0)}
    assert Breaker.objects.get().failures == 1


def test_nothing_is_sent_while_writes_are_held(odoo_client, access, five, title):
    hold_writes(since=None, now=timezone.now())

    assert drain(odoo_client, access) == 0
    assert set(states()) == {State.QUEUED}


def test_what_follows_waits_when_writes_are_held_meanwhile(odoo_client, access, five, queue):
    queue(*(to_odoo.command_of(entry) for entry in OutboxEntry.objects.all()))
    real = to_odoo.create_together

    def create(creation, commands, odoo):
        hold_writes(since=None, now=timezone.now())
        return real(creation, commands, odoo)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(to_odoo, "create_together", create)
        assert drain(odoo_client, access) == 5

    assert states() == [State.DONE] * 5 + [State.QUEUED] * 5


def test_every_command_that_goes_together_says_what_it_makes():
    from odoo_bridge.commands import COMMANDS  # noqa: PLC0415

    assert {name for name, command in COMMANDS.items() if command.together} == set(CREATIONS)
    assert set(CREATIONS) <= set(HANDLERS)
