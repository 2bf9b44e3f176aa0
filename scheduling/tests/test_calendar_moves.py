"""Moving on the calendar: by its form, with and without a script, and refused kindly."""

import datetime as dt

import pytest

from odoo_bridge.models import ManufacturingOrder
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.productions import (
    ManufacturingOrderFactory,
    SaleOrderLineFactory,
)
from portal.testing.yard import TruckFactory
from scheduling.models import Job, Stop
from scheduling.tests import buying
from scheduling.tests.conftest import promised
from scheduling.tests.planning import (
    DAY,
    HERE,
    NEXT,
    at,
    delivery,
    only,
    receipt,
    send,
    told,
)

pytestmark = pytest.mark.django_db


def test_a_delivery_goes_to_the_same_trucks_run_of_another_day(office):
    stop = delivery()

    answer = send(office, only(office), day=NEXT.isoformat())

    stop.refresh_from_db()
    assert (stop.run.day, stop.run.truck.pk) == (NEXT, Stop.objects.get().run.truck_id)
    assert answer.status_code == 200
    assert f"S00417 is on {stop.run.truck}, {NEXT.day} {NEXT:%b}." in answer.text
    assert f"/board/jobs/{stop.job_id}/notice" in answer.text
    assert 'id="calendar" hx-swap-oob="morph"' in answer.text
    assert promised("PlanDelivery")[0]["scheduled_at"].startswith(NEXT.isoformat())
    assert AuditRow.objects.filter(what="job planned").exists()


def test_a_delivery_goes_to_another_truck_and_back_to_be_scheduled(office):
    delivery()
    other = TruckFactory()

    send(office, only(office), day=DAY.isoformat(), truck=other.pk)
    assert Stop.objects.get().run.truck == other
    answer = send(office, only(office), day=DAY.isoformat(), truck="")

    assert Job.objects.get().state == "TO_SCHEDULE"
    assert "to be scheduled again" in answer.text


def test_a_delivery_that_is_let_go_where_it_was_says_nothing(office):
    delivery()

    answer = send(office, only(office), day=DAY.isoformat())

    assert answer.status_code == 200
    assert "#toasts" not in answer.text


def test_of_two_who_move_a_delivery_the_second_is_refused_and_shown_where_it_is(office):
    delivery()
    late = only(office)
    send(office, late, day=NEXT.isoformat())

    answer = send(office, late, day=DAY.isoformat())

    assert answer.status_code == 422
    assert "✕ " in answer.text
    assert "moved S00417" in answer.text
    assert "#toasts" in answer.text
    assert Stop.objects.get().run.day == NEXT


def test_the_form_is_refused_in_the_dialog_and_keeps_what_was_typed(office):
    delivery()
    late = only(office)
    send(office, late, day=NEXT.isoformat())

    answer = send(office, late, day=DAY.isoformat(), in_dialog="True")

    assert answer.status_code == 422
    assert "#toasts" not in answer.text
    form = answer.text.partition('<div id="calendar-entry" hx-swap-oob="morph"')[2]
    assert "moved S00417" in form
    assert f'value="{DAY}"' in form
    assert f'value="{late["seen"]["job"].partition(":")[0]}:1"' in form


def test_a_production_goes_elsewhere_and_who_waits_for_it_is_named(office):
    stop = delivery()
    line = SaleOrderLineFactory(order=stop.job.order)
    order = ManufacturingOrderFactory(name="MO/7", starts_at=at(1), order_line=line)
    ManufacturingOrder.objects.update(ends_at=at(2))
    entry = told(office)[f"production-{order.uuid}"]

    times = {"starts_at": f"{DAY}T08:00", "ends_at": f"{DAY}T12:00"}
    answer = send(office, entry, **times)

    assert "MO/7 is planned from" in answer.text
    assert "These deliveries leave before it is made: S00417" in answer.text
    [command] = promised("PlanProduction")
    assert command["starts_at"] == at(8).isoformat()
    [warning] = told(office)[f"delivery-{stop.job_id}"]["notices"]
    assert (warning["words"], warning["level"]) == ("not made in time", "bad")
    assert send(office, entry, **times).status_code == 422


def test_a_refused_form_may_be_sent_again_by_whoever_has_read_where_it_is(office):
    ManufacturingOrderFactory(starts_at=at(8))
    late = only(office)
    send(office, late, starts_at=f"{DAY}T09:00", ends_at=f"{DAY}T12:00")
    times = {"starts_at": f"{DAY}T10:00", "ends_at": f"{DAY}T12:00"}

    refused = send(office, late, in_dialog="True", **times).text

    fresh = only(office)["seen"]
    for name, value in fresh.items():
        assert f'name="{name}" value="{value}"' in refused
    assert f'value="{DAY}T10:00"' in refused
    assert send(office, {**late, "seen": fresh}, **times).status_code == 200


def test_what_was_not_touched_of_a_production_stays_exact(office):
    odd = at(8).replace(second=15)
    ManufacturingOrderFactory(starts_at=odd, ends_at=at(12))
    entry = only(office)

    send(office, entry, starts_at=entry["start"][:16], ends_at=f"{DAY}T13:00")

    starts_at = dt.datetime.fromisoformat(promised("PlanProduction")[0]["starts_at"])
    assert starts_at == odd


def test_a_receipt_is_expected_on_another_day(office, buyer):
    order = receipt(name="P00031", vendor__name="Hill")

    answer = send(office, only(office), day=NEXT.isoformat())

    assert f"P00031 Hill is expected on {NEXT:%a} {NEXT.day} {NEXT:%b}." in answer.text
    assert buying.promised("ChangePurchase")[0]["planned_at"].startswith(NEXT.isoformat())
    assert buying.promised("ChangePurchase")[0]["reference"] is None
    assert told(office) == {}
    assert list(told(office, NEXT, NEXT)) == [f"receipt-{order.uuid}"]


def test_of_two_who_move_a_receipt_the_second_is_refused(office, buyer):
    receipt()
    late = only(office)
    send(office, late, day=NEXT.isoformat())

    answer = send(office, late, day=(NEXT + dt.timedelta(days=1)).isoformat())

    assert answer.status_code == 422
    assert "Somebody else changed" in answer.text
    assert [one["kind"] for one in told(office, NEXT, NEXT).values()] == ["receipt"]


@pytest.mark.parametrize("day", ["", "x", "2019-01-01", "9999-12-31"])
def test_a_day_that_makes_no_sense_is_refused(office, day):
    delivery()
    receipt()

    for entry in told(office).values():
        answer = send(office, entry, day=day)
        assert answer.status_code == 422
        assert 'role="alert">✕ ' in answer.text


def test_an_hour_that_the_clock_does_not_show_is_refused(signed_in, time_machine):
    time_machine.move_to("2027-03-01T12:00:00-05:00", tick=False)
    office = signed_in(Role.OFFICE)
    ManufacturingOrderFactory(starts_at=at(8))

    answer = send(office, only(office), starts_at="2027-03-14T02:30", ends_at="2027-03-14T04:00")

    assert answer.status_code == 422
    assert "The clock is put forward or back" in answer.text


def test_without_a_script_a_move_leads_back_and_a_refusal_shows_the_form(office):
    stop = delivery()
    made = ManufacturingOrderFactory(starts_at=at(1), ends_at=at(2))
    made.order_line = SaleOrderLineFactory(order=stop.job.order)
    made.save()
    entry = told(office)[f"production-{made.uuid}"]
    times = {"starts_at": f"{DAY}T08:00", "ends_at": f"{DAY}T12:00"}

    done = send(office, entry, headers={}, **times)

    assert done.url == f"/calendar/?{HERE}"
    shown = office.get(done.url).text
    late = send(office, entry, headers={}, starts_at=f"{DAY}T09:00", ends_at=f"{DAY}T12:00")
    assert "is planned from" in shown
    assert "leave before it is made" in shown
    assert late.status_code == 422
    assert "<!doctype html>" in late.text
    assert 'value="' + f"{DAY}T09:00" in late.text
    nothing = send(office, told(office)[f"delivery-{stop.job_id}"], headers={}, day=DAY.isoformat())
    assert nothing.status_code == 302
    assert "is on" not in office.get(done.url).text.partition("<main")[0].partition("toasts")[2]
