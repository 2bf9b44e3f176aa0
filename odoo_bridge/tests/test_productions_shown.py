"""A production as it shall be: what Odoo has, under what was promised, and how it is named."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction

from odoo_bridge.commands import FinishProduction, PlanProduction, StartProduction
from odoo_bridge.models import ManufacturingOrder, OutboxEntry
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.outbox import entries_in
from odoo_bridge.selectors.productions import shown_productions
from odoo_bridge.selectors.stream_records import mirror_of
from portal.testing.mirrors import ProductFactory
from portal.testing.productions import ManufacturingOrderFactory, in_an_hour

pytestmark = pytest.mark.django_db
State = OutboxEntry.State


def shown(production):
    [one] = shown_productions(ManufacturingOrder.objects.filter(pk=production.pk))
    return one


@transaction.atomic
def promise(command):
    return enqueue(command, by=None)


def finish(production, quantity, **values):
    key = {"production_uuid": production.uuid}
    return promise(FinishProduction(**key, quantity=Decimal(quantity), **values))


@pytest.mark.parametrize(("made", "about"), [(True, "MO/7 · Bundle"), (False, "MO/7")])
def test_a_production_is_named_with_what_it_makes(made, about):
    product = ProductFactory(name="Bundle") if made else None
    production = ManufacturingOrder.objects.create(odoo_id=7, name="MO/7", product=product)
    entry = promise(StartProduction(production_uuid=production.uuid))

    [shown] = entries_in(OutboxEntry.State.QUEUED)

    assert (shown.about, shown.label) == (about, "The start of a production")
    assert mirror_of(entry.stream) == production


def test_what_odoo_has_is_shown_as_it_is():
    one = shown(ManufacturingOrderFactory(produced=3))

    assert (one.stage, one.produced, one.unit, one.odoo) == ("confirmed", 3, "bundle", None)
    assert (one.may_start, one.is_over, one.promised) == (True, False, set())


def test_without_a_unit_of_its_own_it_is_counted_as_the_product_is():
    assert shown(ManufacturingOrderFactory(unit=None, unit_odoo_id=5)).unit == "bundle"
    none = {"unit": None, "product": None, "unit_odoo_id": 5, "product_odoo_id": 5}
    assert shown(ManufacturingOrderFactory(**none)).unit == ""


def test_its_plan_its_start_and_its_end_are_shown_before_odoo_has_them():
    production, at = ManufacturingOrderFactory(), in_an_hour() + dt.timedelta(days=1)
    end = at + dt.timedelta(hours=1)

    promise(PlanProduction(production_uuid=production.uuid, starts_at=at, ends_at=end))
    promise(StartProduction(production_uuid=production.uuid))
    one = shown(production)
    assert (one.starts_at, one.ends_at, one.stage) == (at, end, "progress")
    assert (one.odoo, one.promised) == (State.QUEUED, {"plan", "start"})

    finish(production, 8)
    one = shown(production)
    assert (one.stage, one.is_done, one.produced, one.rest) == ("done", True, 8, 2)


def test_what_is_not_made_of_it_follows_only_where_somebody_said_so():
    less, more = ManufacturingOrderFactory.create_batch(2)
    finish(less, 8, rest_follows=False)
    finish(more, 12)

    assert [shown(one).rest for one in (less, more)] == [0, 0]


def test_what_odoo_ended_is_not_begun_or_ended_by_a_promise_that_came_late():
    made, cancelled = (ManufacturingOrderFactory(state=state) for state in ("done", "cancel"))
    promise(StartProduction(production_uuid=made.uuid))
    finish(cancelled, 10)

    assert shown(made).stage == "done"
    assert shown(cancelled).stage == "cancel"


def test_what_odoo_refused_is_not_shown_as_so():
    production = ManufacturingOrderFactory()
    finish(production, 10)
    OutboxEntry.objects.update(state=State.PARKED)

    one = shown(production)

    assert (one.stage, one.odoo, one.promised) == ("confirmed", State.PARKED, set())


@pytest.mark.parametrize("number", [1, 20])
def test_as_many_queries_however_many_productions(django_assert_num_queries, number):
    for production in ManufacturingOrderFactory.create_batch(number):
        promise(StartProduction(production_uuid=production.uuid))

    with django_assert_num_queries(2):
        found = shown_productions(ManufacturingOrder.objects.all())
        assert {one.stage for one in found} == {"progress"}
