"""When something is made, and who sees to it, in a real Odoo."""

import datetime as dt

import pytest

from odoo_bridge.tests.outbox.productions import MONDAY, a_workshop, plan

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
TUESDAY = MONDAY + dt.timedelta(days=1)
IN_ODOO = ("2026-12-07 13:00:00", "2026-12-08 13:00:00")


@pytest.fixture
def workshop(yard, db):
    return a_workshop(yard)


@pytest.fixture
def planned(workshop):
    """Return the times and the responsible of a production as Odoo has them."""

    def look(production):
        row = workshop.row(production)
        return row["date_start"], row["date_finished"], row["user_id"]

    return look


def test_its_times_and_who_is_responsible_stand_in_odoo(workshop, planned, send, send_again):
    production = workshop.order()
    [admin] = workshop.yard.rows("res.users", [["login", "=", "admin"]])

    [entry] = send(plan(production, responsible_odoo_id=admin["id"]))

    assert entry.state == "DONE", entry.last_error
    assert planned(production) == (*IN_ODOO, admin["id"])
    production.refresh_from_db()
    assert (production.starts_at, production.ends_at) == (MONDAY, TUESDAY)
    assert send_again() == []


def test_a_new_end_alone_leaves_who_is_responsible(workshop, planned, send):
    production = workshop.order()
    [admin] = workshop.yard.rows("res.users", [["login", "=", "admin"]])
    first = plan(production, responsible_odoo_id=admin["id"])

    _first, entry = send(first, plan(production, ends_at=TUESDAY + dt.timedelta(days=1)))

    assert entry.state == "DONE", entry.last_error
    assert planned(production) == (IN_ODOO[0], "2026-12-09 13:00:00", admin["id"])


def test_work_orders_stay_as_they_are_planned(workshop, planned, send):
    [saw] = workshop.yard.rows("mrp.workcenter", [["name", "=", "Drill 1"]])
    step = {"name": "Saw", "workcenter_id": saw["id"], "time_cycle_manual": 45}
    bill = {"operation_ids": [[0, 0, step]]}
    workshop.yard.do("mrp.bom", "write", [workshop.bill], vals=bill)
    production = workshop.order()
    workshop.yard.do("mrp.production", "button_plan", [production.odoo_id])
    of_it = [["production_id", "=", production.odoo_id]]
    [before] = workshop.yard.rows("mrp.workorder", of_it, "date_start", "date_finished")
    assert before["date_start"]

    [entry] = send(plan(production))

    assert entry.state == "DONE", entry.last_error
    assert planned(production) == (*IN_ODOO, False)
    assert workshop.yard.rows("mrp.workorder", of_it, "date_start", "date_finished") == [before]
    assert production.work_orders.count() == 1


def test_what_is_over_is_planned_no_more(workshop, send):
    production = workshop.order()
    workshop.yard.do("mrp.production", "action_cancel", [production.odoo_id])

    [entry] = send(plan(production))

    why = f"Production {production.name} was cancelled in Odoo."
    assert (entry.state, entry.last_error) == ("PARKED", why)
