"""Something begins to be made in a real Odoo."""

import pytest

from odoo_bridge.tests.outbox.productions import a_workshop, start

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


@pytest.fixture
def workshop(yard, db):
    return a_workshop(yard)


@pytest.mark.parametrize("draft", [False, True], ids=["confirmed", "draft"])
def test_what_is_started_is_in_progress(workshop, send, send_again, draft):
    production = workshop.order(draft=draft)

    [entry] = send(start(production))

    assert entry.state == "DONE", entry.last_error
    assert workshop.row(production)["state"] == "progress"
    production.refresh_from_db()
    assert production.state == "progress"
    assert send_again() == []


def test_what_was_cancelled_in_odoo_is_not_started(workshop, send):
    production = workshop.order()
    workshop.yard.do("mrp.production", "action_cancel", [production.odoo_id])

    [entry] = send(start(production))

    assert entry.state == "PARKED"
    assert entry.last_error == f"Production {production.name} was cancelled in Odoo."
