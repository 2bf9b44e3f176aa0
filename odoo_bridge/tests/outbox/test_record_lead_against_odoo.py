"""A lead in a real Odoo: once, whatever happens to the calls."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from odoo_bridge.client import Kind
from odoo_bridge.models import Breaker, LeadRecord, OutboxEntry
from odoo_bridge.outbox import acknowledge as acknowledging
from odoo_bridge.outbox.acknowledge import acknowledge
from odoo_bridge.outbox.drain import drain
from odoo_bridge.sync import specs
from odoo_bridge.sync.poll import poll
from odoo_bridge.tests.outbox.impatience import (
    LATE_ANSWER,
    ZOMBIE,
    patience,
    send_until_done,
)
from portal.local.faulty_calls import every_call
from portal.local.faulty_faults import (
    BAD_GATEWAY,
    BAD_GATEWAY_BEFORE,
    DROP_ANSWER,
    DROP_BEFORE,
    DROP_HALF_WAY,
    DUPLICATE,
    MALFORM,
    TRUNCATE,
    answer_with,
)
from portal.local.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]
State = OutboxEntry.State


def leads_named(client, title):
    """Return the leads of this name as Odoo has them."""
    return client.call(
        "crm.lead",
        "search_read",
        kind=Kind.READ,
        domain=[["name", "=", title]],
        fields=["name", "phone", "description", "user_id", "type", "contact_name"],
        load=None,
    )


@pytest.fixture
def title():
    return f"Text from a customer {uuid.uuid4()}"


@pytest.fixture
def proxy(odoo):
    with FaultyProxy(odoo.url) as proxy:
        yield proxy


def test_the_lead_has_the_number_the_text_and_the_owner(odoo_client, access, promised, title):
    lead = promised(
        title=title, text="2 cords <b>oak</b>?\nBy Friday", contact_name="Ann", owner_odoo_id=2
    )

    assert drain(odoo_client, access) == 1

    [found] = leads_named(odoo_client, title)
    assert (found["phone"], found["user_id"], found["contact_name"]) == ("+16065550123", 2, "Ann")
    assert "2 cords &lt;b&gt;oak&lt;/b&gt;?<br>By Friday" in found["description"]
    lead.refresh_from_db()
    assert lead.odoo_id == found["id"]
    assert OutboxEntry.objects.get().state == State.DONE


@pytest.mark.parametrize(
    "fault",
    [
        DROP_BEFORE,
        DROP_HALF_WAY,
        DROP_ANSWER,
        DUPLICATE,
        TRUNCATE,
        MALFORM,
        BAD_GATEWAY,
        BAD_GATEWAY_BEFORE,
        LATE_ANSWER,
        ZOMBIE,
    ],
    ids=lambda fault: fault.name,
)
def test_there_is_exactly_one_lead_after_any_fault(
    odoo, odoo_client, access, promised, title, quick_outbox, proxy, fault
):
    lead = promised(title=title)
    proxy.rule(fault, when=every_call, times=1)
    client = odoo.client(base_url=proxy.url, **patience(fault, "crm.lead.load"))

    send_until_done(OutboxEntry.objects.get(), client, access, fault, proxy)

    [found] = leads_named(odoo_client, title)
    lead.refresh_from_db()
    assert lead.odoo_id == found["id"]
    assert OutboxEntry.objects.get().state == State.DONE


def test_an_entry_that_was_acknowledged_is_never_sent_again(
    odoo, odoo_client, access, promised, title, proxy
):
    promised(title=title)
    client = odoo.client(base_url=proxy.url)
    drain(client, access)
    [found] = leads_named(odoo_client, title)
    odoo_client.call("crm.lead", "unlink", kind=Kind.WRITE_RECORDS, ids=[found["id"]])
    calls = len(proxy.calls)

    assert drain(client, access) == 0

    assert len(proxy.calls) == calls
    assert leads_named(odoo_client, title) == []


def test_what_odoo_refuses_is_parked_with_its_own_sentence(odoo_client, access, promised, title):
    promised(title=title, owner_odoo_id=999_999)
    promised(title=title)

    assert drain(odoo_client, access) == 2

    parked = OutboxEntry.objects.get(state=State.PARKED)
    assert "999999" in parked.last_error
    assert parked.failed_step == "crm.lead.load"
    assert len(leads_named(odoo_client, title)) == 1


def test_a_refused_key_stops_the_sending_within_one_call(odoo, access, promised, title, proxy):
    for _ in range(5):
        promised(title=title)
    client = odoo.client(base_url=proxy.url, api_key="0" * 40)

    drain(client, access)
    drain(client, access)

    assert len(proxy.calls) == 1
    assert Breaker.objects.get().opened_at
    assert set(OutboxEntry.objects.values_list("state", "attempts")) == {("QUEUED", 0)}


def test_an_outage_delays_and_loses_nothing(
    odoo, odoo_client, access, promised, title, proxy, quick_outbox
):
    for _ in range(3):
        promised(title=title)
    client = odoo.client(base_url=proxy.url)
    proxy.down()
    for _ in range(5):
        drain(client, access)
    assert Breaker.objects.get().opened_at

    proxy.up()
    Breaker.objects.update(probe_at=timezone.now())
    OutboxEntry.objects.update(not_before=timezone.now())
    drain(client, access)

    assert len(leads_named(odoo_client, title)) == 3
    assert not Breaker.objects.get().opened_at


def test_a_poll_that_is_faster_than_the_acknowledgement_makes_no_second_lead(
    odoo_client, access, promised, title
):
    lead = promised(title=title)
    entry = OutboxEntry.objects.get()
    # Odoo has it, and the poll has seen it, before this portal knows.
    drain(odoo_client, access)
    lead.refresh_from_db()
    LeadRecord.objects.update(odoo_id=None)
    poll(specs.LEAD, odoo_client)
    twin = LeadRecord.objects.get(odoo_id=lead.odoo_id)
    assert twin.pk != lead.pk

    with transaction.atomic():
        acknowledge(LeadRecord, lead.uuid, lead.odoo_id)

    mine = LeadRecord.objects.get(odoo_id=lead.odoo_id)
    assert (mine.pk, mine.uuid, mine.remote["name"]) == (lead.pk, lead.uuid, title)
    assert entry.payload["lead_uuid"] == str(mine.uuid)


def test_a_poll_between_our_look_and_our_write_makes_no_second_lead(promised, monkeypatch):
    lead = promised()
    looked = []

    def look(model, key, odoo_id):
        looked.append(odoo_id)
        if len(looked) == 1:  # here the poll commits its row
            raise IntegrityError
        take(model, key, odoo_id)

    take = acknowledging._take
    monkeypatch.setattr(acknowledging, "_take", look)

    with transaction.atomic():
        acknowledge(LeadRecord, lead.uuid, 4711)

    lead.refresh_from_db()
    assert (lead.odoo_id, looked) == (4711, [4711, 4711])


def test_a_poll_between_our_look_and_the_ids_of_many_makes_no_second_lead(promised, monkeypatch):
    leads = [promised(), promised()]

    def overtaken(model, ids):
        raise IntegrityError  # here the poll has committed its row

    monkeypatch.setattr(acknowledging, "_give_ids", overtaken)

    with transaction.atomic():
        acknowledging.acknowledge_all(LeadRecord, {leads[0].uuid: 4711, leads[1].uuid: 4712})

    for lead in leads:
        lead.refresh_from_db()
    assert [lead.odoo_id for lead in leads] == [4711, 4712]


def test_a_bug_in_a_handler_holds_up_its_own_stream_alone(odoo_client, access, promised, title):
    promised(title=title)
    OutboxEntry.objects.update(payload={"lead_uuid": "no uuid"})
    promised(title=title)

    drain(odoo_client, access)

    broken = OutboxEntry.objects.get(state=State.QUEUED)
    assert broken.last_error == "A bug of the portal: ValueError."
    assert len(leads_named(odoo_client, title)) == 1


def test_no_secret_and_no_traceback_is_kept(odoo, access, promised, title, proxy):
    promised(title=title, text="the gate code is 4711")
    proxy.rule(answer_with(500), when=every_call, times=1)

    drain(odoo.client(base_url=proxy.url), access)

    entry = OutboxEntry.objects.get()
    kept = entry.last_error + entry.failed_step + Breaker.objects.get().reason
    assert "Traceback" not in kept
    assert "4711" not in kept
    assert odoo.admin_key not in kept
