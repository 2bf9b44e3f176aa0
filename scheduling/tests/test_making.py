"""Starting, ending and moving what is made, and who comes second."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.productions import ManufacturingOrderFactory
from portal.testing.yard import RunFactory
from scheduling.errors import EndsTooEarly, NothingMade, ProductionChanged, ProductionClosed
from scheduling.services.plan_production import Plan
from scheduling.services.start_production import start_production
from scheduling.tests.conftest import promised
from scheduling.tests.making import awaited_by_a_stop, finish, gone, now_of, plan

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def maker(person):
    return person(Role.PRODUCTION, name="Bea")


def test_what_is_started_is_in_progress_once(maker):
    production = ManufacturingOrderFactory(name="MO/7")

    start_production(key=production.uuid, by=maker)

    assert now_of(production).stage == "progress"
    assert AuditRow.objects.get().what == "production started"
    with pytest.raises(ProductionClosed, match=r"MO/7 is in progress already\."):
        start_production(key=production.uuid, by=maker)
    assert len(promised("StartProduction")) == 1


def test_the_end_tells_odoo_what_was_made_and_takes_out_what_is_scrap(maker):
    production = ManufacturingOrderFactory()

    finish(production, 7, scrapped=1, rest_follows=False, by=maker)

    [sent] = promised("FinishProduction")
    [scrap] = sent["scrapped"]
    assert (Decimal(sent["quantity"]), sent["rest_follows"]) == (8, False)
    assert (scrap["product_odoo_id"], Decimal(scrap["quantity"])) == (
        production.product.odoo_id,
        1,
    )
    assert scrap["unit_odoo_id"] == production.unit.odoo_id
    assert AuditRow.objects.get().new == {"made": "8", "scrapped": "1"}


def test_without_scrap_none_is_taken_out_and_a_second_end_is_refused(maker):
    production = ManufacturingOrderFactory(name="MO/7")

    finish(production, 10, by=maker)

    with pytest.raises(ProductionClosed, match=r"MO/7 is done already\."):
        finish(production, 10, by=maker)
    [sent] = promised("FinishProduction")
    assert sent["scrapped"] == []


def test_nothing_ends_with_nothing_made_nor_with_another_quantity_than_was_seen(maker):
    production = ManufacturingOrderFactory()

    with pytest.raises(NothingMade):
        finish(production, 0, by=maker)
    with pytest.raises(ProductionChanged, match="Another quantity"):
        finish(production, 10, seen=12, by=maker)
    assert promised("FinishProduction") == []


def test_what_was_cancelled_or_is_gone_is_not_touched(maker):
    cancelled, lost = ManufacturingOrderFactory(state="cancel"), ManufacturingOrderFactory()
    gone(lost)

    with pytest.raises(ProductionClosed, match="is cancelled already"):
        start_production(key=cancelled.uuid, by=maker)
    with pytest.raises(ProductionClosed, match="does not exist any more"):
        start_production(key=lost.uuid, by=maker)


def test_moving_it_writes_both_times_and_names_the_deliveries_that_cannot_have_it(maker):
    run = RunFactory()
    production = awaited_by_a_stop(run, starts_at=run.starts_at - 2 * HOUR, ends_at=run.starts_at)

    planned = plan(production, run.starts_at - HOUR, run.starts_at + HOUR, by=maker)

    assert [one.order for one in planned.missed] == [production.order_line.order.name]
    [sent] = promised("PlanProduction")
    assert dt.datetime.fromisoformat(sent["starts_at"]) == run.starts_at - HOUR
    assert dt.datetime.fromisoformat(sent["ends_at"]) == run.starts_at + HOUR
    row = AuditRow.objects.get()
    assert row.what == "production planned"
    assert dt.datetime.fromisoformat(row.old["ends_at"]) == run.starts_at
    back = plan(
        production,
        production.starts_at,
        production.ends_at,
        seen=Plan(run.starts_at - HOUR, run.starts_at + HOUR),
        by=maker,
    )
    assert back.missed == []


def test_the_second_of_two_who_move_it_is_refused(maker):
    production = ManufacturingOrderFactory(name="MO/7")
    plan(production, production.starts_at + HOUR, production.ends_at + HOUR, by=maker)

    with pytest.raises(ProductionChanged, match="Somebody else has moved MO/7"):
        plan(production, production.starts_at + 2 * HOUR, production.ends_at + HOUR, by=maker)

    assert len(promised("PlanProduction")) == 1


def test_it_cannot_end_before_it_starts(maker):
    production = ManufacturingOrderFactory()

    with pytest.raises(EndsTooEarly):
        plan(production, production.ends_at, production.ends_at, by=maker)


def test_what_stays_where_it_is_is_not_promised(maker):
    production = ManufacturingOrderFactory()

    planned = plan(production, production.starts_at, production.ends_at, by=maker)

    assert planned.shown.odoo is None
    assert promised("PlanProduction") == []


def test_what_had_no_time_gets_one_and_who_was_late_is_told_so(maker):
    production = ManufacturingOrderFactory()
    starts_at, ends_at = production.starts_at, production.ends_at
    production.starts_at = production.ends_at = None
    production.save()

    with pytest.raises(ProductionChanged, match="from no time to no time now"):
        plan(production, starts_at, ends_at, seen=Plan(starts_at, ends_at), by=maker)

    plan(production, starts_at, ends_at, by=maker)
    assert AuditRow.objects.get().old == {"starts_at": "", "ends_at": ""}


@pytest.mark.django_db(transaction=True)
def test_of_several_who_end_it_at_once_one_does(maker):
    productions = ManufacturingOrderFactory.create_batch(5)

    def end(production):
        try:
            finish(production, 10, by=maker)
        except ProductionClosed:
            return "refused"
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(end, [one for one in productions for _ in range(4)]))

    assert sorted(ended) == ["made"] * 5 + ["refused"] * 15
    assert len(promised("FinishProduction")) == 5
