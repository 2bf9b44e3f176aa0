"""Reading again what changed: by one look, in batches, and twice before anything is buried."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.utils import timezone

from odoo_bridge.client import Kind
from odoo_bridge.models import (
    Breaker,
    Currency,
    DirtyRecord,
    Employee,
    HintHearing,
    LeadRecord,
    Product,
    SaleOrderLine,
)
from odoo_bridge.services.keep_hint_secret import keep_hint_secret
from odoo_bridge.services.note_hint import note_hint
from odoo_bridge.slots import Doing
from odoo_bridge.sync import dirt, refresh, specs
from odoo_bridge.sync.columns import Column
from odoo_bridge.sync.dirt import anything_dirty, claim, forget, look_again
from odoo_bridge.sync.listeners import LISTENERS, Listener
from odoo_bridge.sync.poll import poll
from odoo_bridge.sync.refresh import AFTER_REFUSAL, SECOND_LOOK, refresh_dirty
from odoo_bridge.sync.tombstones import bury
from odoo_bridge.tasks import refresh_odoo
from odoo_bridge.tests.sync.words import create, unlink
from portal.testing.sessions import other_session

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]


def knock(odoo_model, *odoo_ids, absences=0):
    look_again(odoo_model, odoo_ids, at=timezone.now(), absences=absences)


def hurry():
    """Let the time pass until every second look is due."""
    DirtyRecord.objects.update(not_before=timezone.now())


def test_a_hint_brings_the_record_without_a_poll(odoo_client):
    name = f"Lead {uuid.uuid4()}"
    lead = create(odoo_client, "crm.lead", name=name)
    knock("crm.lead", lead)

    assert refresh_dirty(odoo_client) == 1

    assert LeadRecord.objects.get(odoo_id=lead).name == name
    assert not DirtyRecord.objects.exists()


def test_a_hint_of_a_template_reads_its_products(odoo_client):
    product = create(odoo_client, "product.product", name="Oak, seasoned")
    [row] = odoo_client.call(
        "product.product",
        "read",
        kind=Kind.READ_RECORDS,
        ids=[product],
        fields=["product_tmpl_id"],
        load=None,
    )
    knock("product.template", row["product_tmpl_id"])

    refresh_dirty(odoo_client)

    assert Product.objects.get(odoo_id=product).name == "Oak, seasoned"


def test_a_hint_of_an_employee_reads_what_everybody_may_see(odoo_client):
    employee = create(odoo_client, "hr.employee", name="Sam Reyes")
    knock("hr.employee", employee)

    refresh_dirty(odoo_client)

    assert Employee.objects.get(odoo_id=employee).name == "Sam Reyes"


def test_a_deletion_is_believed_at_the_second_look(odoo_client):
    lead = create(odoo_client, "crm.lead", name="Gone soon")
    poll(specs.LEAD, odoo_client)
    unlink(odoo_client, "crm.lead", lead)
    knock("crm.lead", lead)

    refresh_dirty(odoo_client)

    assert LeadRecord.objects.get(odoo_id=lead).deleted_at is None
    dirty = DirtyRecord.objects.get()
    assert dirty.absences == 1
    assert dirty.not_before > timezone.now() + SECOND_LOOK / 2

    hurry()
    refresh_dirty(odoo_client)

    assert LeadRecord.objects.get(odoo_id=lead).deleted_at
    assert not DirtyRecord.objects.exists()


def test_what_is_there_again_at_the_second_look_lives(odoo_client):
    lead = create(odoo_client, "crm.lead", name="Hidden for a moment")
    poll(specs.LEAD, odoo_client)
    knock("crm.lead", lead, absences=1)

    refresh_dirty(odoo_client)

    assert LeadRecord.objects.get(odoo_id=lead).deleted_at is None
    assert not DirtyRecord.objects.exists()


def test_a_hint_of_what_never_was_costs_one_look(odoo_client):
    knock("crm.lead", 2_000_000_000)

    assert refresh_dirty(odoo_client) == 1
    assert not DirtyRecord.objects.exists()


def test_an_employee_who_is_gone_is_looked_for_twice(odoo_client):
    employee = create(odoo_client, "hr.employee", name="Sam Reyes")
    poll(specs.EMPLOYEE, odoo_client)
    unlink(odoo_client, "hr.employee", employee)
    knock("hr.employee", employee)

    refresh_dirty(odoo_client)
    assert Employee.objects.get(odoo_id=employee).deleted_at is None
    hurry()
    refresh_dirty(odoo_client)

    assert Employee.objects.get(odoo_id=employee).deleted_at


def test_with_an_order_its_lines_are_read_and_those_that_are_gone_are_missed(odoo_client):
    product = create(odoo_client, "product.product", name="Oak, seasoned")
    customer = create(odoo_client, "res.partner", name="Ann Miller")
    order = create(
        odoo_client,
        "sale.order",
        partner_id=customer,
        order_line=[[0, 0, {"product_id": product}], [0, 0, {"product_id": product}]],
    )
    knock("sale.order", order)
    refresh_dirty(odoo_client)
    line, other = SaleOrderLine.objects.filter(order__odoo_id=order).values_list(
        "odoo_id", flat=True
    )

    unlink(odoo_client, "sale.order.line", line)
    knock("sale.order", order)
    refresh_dirty(odoo_client)

    assert DirtyRecord.objects.get().odoo_model == "sale.order.line"
    assert SaleOrderLine.objects.get(odoo_id=line).deleted_at is None
    hurry()
    refresh_dirty(odoo_client)
    assert SaleOrderLine.objects.get(odoo_id=line).deleted_at
    assert SaleOrderLine.objects.get(odoo_id=other).deleted_at is None


def test_while_odoo_is_away_nothing_is_forgotten_or_buried(odoo):
    knock("crm.lead", 5, absences=1)
    LeadRecord.objects.create(odoo_id=5, name="Somebody")
    nowhere = odoo.client(base_url="http://127.0.0.1:9")

    for _ in range(3):
        hurry()
        refresh_dirty(nowhere)

    assert Breaker.objects.get().opened_at
    assert LeadRecord.objects.get(odoo_id=5).deleted_at is None
    hurry()
    assert refresh_dirty(nowhere) == 0  # the probe is not taken from those who need it
    assert DirtyRecord.objects.get().absences == 1


def test_what_odoo_refuses_waits_and_holds_nobody_up(odoo_client, monkeypatch):
    unknown = replace(specs.LEAD, odoo_model="crm.nowhere")
    monkeypatch.setitem(LISTENERS, "crm.nowhere", [Listener(unknown)])
    lead = create(odoo_client, "crm.lead", name="Readable")
    knock("crm.nowhere", 1)
    knock("crm.lead", lead)

    refresh_dirty(odoo_client)

    assert LeadRecord.objects.filter(odoo_id=lead).exists()
    assert not Breaker.objects.filter(opened_at__isnull=False).exists()
    assert DirtyRecord.objects.get().not_before > timezone.now() + AFTER_REFUSAL / 2


def test_a_value_of_another_type_waits_and_holds_nobody_up(odoo_client, monkeypatch):
    odd = Column("name", "partner_id", lambda value: value["name"])
    broken = replace(specs.LEAD, columns=(*specs.LEAD.columns, odd))
    monkeypatch.setitem(LISTENERS, "crm.lead", [Listener(broken)])
    knock("crm.lead", create(odoo_client, "crm.lead", name="Odd"))
    product = create(odoo_client, "product.product", name="Oak, seasoned")
    knock("product.product", product)

    refresh_dirty(odoo_client)

    assert Product.objects.filter(odoo_id=product).exists()
    assert not LeadRecord.objects.exists()
    assert DirtyRecord.objects.get().not_before > timezone.now() + AFTER_REFUSAL / 2


def test_a_knock_while_a_record_is_being_read_is_a_look_of_its_own(db):
    knock("crm.lead", 5)
    claimed = claim(timezone.now())
    DirtyRecord.objects.update(hits=1)  # as a webhook does

    forget(claimed["crm.lead"], timezone.now())

    assert anything_dirty(timezone.now())


def test_who_died_gives_back_what_it_claimed(db, settings):
    settings.ODOO_READ_TIMEOUT = 30
    knock("crm.lead", 5)
    now = timezone.now()

    assert claim(now)
    assert not claim(now)
    assert not claim(now + dt.timedelta(seconds=31))
    assert claim(now + dt.timedelta(seconds=46))


def test_the_task_counts_what_was_heard(odoo_access, provisioned_odoo):
    lead = create(provisioned_odoo.client(), "crm.lead", name="Heard")
    now = timezone.now() - dt.timedelta(seconds=1)
    secret = keep_hint_secret(given="", rotate=False, now=now)
    for _ in range(3):
        assert note_hint(secret=secret, odoo_model="crm.lead", odoo_id=lead, now=now)

    with other_session() as session:  # one at a time
        session.execute("select pg_advisory_lock(%s, 1)", [Doing.REFRESHING])
        refresh_odoo()
        assert not LeadRecord.objects.exists()
    refresh_odoo()
    refresh_odoo()

    assert LeadRecord.objects.filter(odoo_id=lead).exists()
    hearing = HintHearing.objects.get()
    assert (str(hearing), hearing.heard, hearing.missed) == ("crm.lead", 3, 0)
    assert hearing.heard_at


def test_a_task_ends_however_much_there_is_to_read(odoo_client, monkeypatch):
    monkeypatch.setattr(refresh, "ROUNDS", 1)
    monkeypatch.setattr(dirt, "MOST", 1)
    knock("crm.lead", 1, 2)

    assert refresh_dirty(odoo_client) == 1
    assert DirtyRecord.objects.count() == 1


def test_what_no_page_shows_is_buried_without_a_word(db):
    Currency.objects.create(odoo_id=5, name="XTS")

    assert bury(specs.CURRENCY, [5]) == [Currency.objects.get().pk]
    assert bury(specs.CURRENCY, [5]) == []
