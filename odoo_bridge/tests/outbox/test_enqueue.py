"""A promise exists exactly when the change it belongs to does."""

import datetime as dt
import threading
import uuid
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from odoo_bridge.commands import (
    COMMANDS,
    AboutCommand,
    Change,
    CollectPayment,
    Command,
    LeadCommand,
    NumberCommand,
    PickupCommand,
    PlacePurchase,
    PlanDelivery,
    PurchaseItem,
    RecordLead,
)
from odoo_bridge.commands.base import (
    OrderCommand,
    ProductionCommand,
    PurchaseCommand,
    SaleCommand,
    TransferCommand,
)
from odoo_bridge.commands.contact_data import ContactChange
from odoo_bridge.models import LeadRecord, OutboxEntry, Stream
from odoo_bridge.outbox import enqueue
from odoo_bridge.outbox.enqueue import DRAIN
from odoo_bridge.outbox.handlers import HANDLERS
from odoo_bridge.services.promise_lead import promise_lead


def lead_command(**values):
    return RecordLead(**{"lead_uuid": uuid.uuid4(), "title": "T", "text": "", **values})


def test_every_command_has_one_handler_and_every_handler_a_command():
    assert set(COMMANDS) == set(HANDLERS)
    kinds = {
        *(SaleCommand, OrderCommand, TransferCommand, PurchaseCommand, ProductionCommand),
        *(LeadCommand, NumberCommand, PickupCommand, AboutCommand, Change, ContactChange),
    }
    known = {*Command.__subclasses__()}.union(*(kind.__subclasses__() for kind in kinds)) - kinds
    assert set(COMMANDS.values()) == {one for one in known if "tests" not in one.__module__}


@given(
    st.builds(
        RecordLead,
        lead_uuid=st.uuids(),
        title=st.text(),
        text=st.text(),
        phone=st.text(max_size=20),
        contact_name=st.text(),
        owner_odoo_id=st.none() | st.integers(1, 10**6),
    )
)
def test_a_command_comes_out_of_the_outbox_as_it_went_in(command):
    assert RecordLead.from_payload(command.payload()) == command


def test_lines_come_out_of_the_outbox_as_they_went_in():
    item = PurchaseItem(
        line_uuid=uuid.uuid4(),
        product_odoo_id=1,
        unit_odoo_id=2,
        quantity=Decimal("1.50"),
        price=Decimal("0.000001"),
        planned_at=dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC),
    )
    order = {"purchase_uuid": uuid.uuid4(), "vendor_odoo_id": 3, "currency_odoo_id": 1}
    command = PlacePurchase(**order, items=(item, item))

    assert PlacePurchase.from_payload(command.payload()) == command


@given(
    st.builds(
        CollectPayment,
        payment_uuid=st.uuids(),
        order_uuid=st.uuids(),
        order_odoo_id=st.integers(1),
        customer_odoo_id=st.integers(1),
        currency_odoo_id=st.integers(1),
        amount=st.decimals(0, 10**9, places=2),
        collected_on=st.dates(),
        driver=st.text(),
    )
)
def test_money_and_days_come_out_of_the_outbox_as_they_went_in(command):
    again = CollectPayment.from_payload(command.payload())

    assert again == command
    assert str(again.amount) == str(command.amount)


@given(
    st.builds(
        PlanDelivery,
        order_uuid=st.uuids(),
        order_odoo_id=st.integers(1),
        picking_odoo_id=st.integers(1),
        run_uuid=st.none() | st.uuids(),
        scheduled_at=st.none() | st.datetimes(timezones=st.timezones()),
    )
)
def test_moments_come_out_of_the_outbox_as_they_went_in(command):
    again = PlanDelivery.from_payload(command.payload())

    # In UTC: Python calls no two moments equal of which one is in the hour that clocks repeat.
    assert in_utc(again) == in_utc(command)
    assert again.payload() == command.payload()


def in_utc(command):
    """Return the command's moment in UTC."""
    return command.scheduled_at and command.scheduled_at.astimezone(dt.UTC)


def test_a_command_without_a_stream_is_none():
    with pytest.raises(NotImplementedError):
        _ = Command().stream


def test_outside_a_transaction_nothing_can_be_promised(transactional_db):
    with pytest.raises(RuntimeError, match="could lose the entry"):
        enqueue(lead_command(), by=None)

    assert not OutboxEntry.objects.exists()


def test_a_promise_is_kept_with_the_change_and_rings_the_bell_after_commit(
    promised, db, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as bells:
        lead = promised()

    entry = OutboxEntry.objects.get()
    assert (entry.stream.key, entry.command, entry.seq) == (f"lead:{lead.uuid}", "RecordLead", 1)
    assert (entry.state, entry.target) == ("QUEUED", f"lead:{lead.uuid}")
    assert lead.odoo_id is None
    assert len(bells) == 1
    assert DRAIN == "odoo_bridge.tasks.drain_outbox"


def test_a_change_that_is_rolled_back_leaves_no_promise(transactional_db):
    with transaction.atomic():
        promise_lead(title="T", text="", phone="")
        transaction.set_rollback(True)

    assert not OutboxEntry.objects.exists()
    assert not LeadRecord.objects.exists()


def test_entries_of_one_stream_are_numbered_in_the_order_of_their_changes(transactional_db):
    key = uuid.uuid4()

    def change():
        with transaction.atomic():
            enqueue(lead_command(lead_uuid=key), by=None)
        connection.close()

    threads = [threading.Thread(target=change) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(OutboxEntry.objects.values_list("seq", flat=True)) == list(range(1, 9))
    assert Stream.objects.count() == 1
