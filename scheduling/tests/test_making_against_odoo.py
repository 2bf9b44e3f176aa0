"""From the page to a real Odoo and back: what is moved, begun, and ended with some of it scrap."""

import datetime as dt

import pytest
from django.utils import timezone

from odoo_bridge.models import OutboxEntry
from odoo_bridge.outbox.drain import drain
from odoo_bridge.selectors.productions import DONE
from odoo_bridge.tests.outbox.productions import a_workshop
from odoo_bridge.tests.outbox.yard import Yard
from portal.accounts.models import Role
from scheduling.tests.making import LIST, moved, now_of, on_the_clock, post

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


@pytest.fixture
def workshop(provisioned_odoo, db):
    odoo = provisioned_odoo
    return a_workshop(Yard(client=odoo.client(), instance=odoo.access["instance"]))


def test_what_the_bench_says_stands_in_odoo(provisioned_odoo, odoo_access, workshop, signed_in):
    bench, production = signed_in(Role.PRODUCTION), workshop.order()

    def send():
        """Send what is promised; return what is not done of it."""
        drain(provisioned_odoo.bot(), odoo_access)
        entries = OutboxEntry.objects.exclude(state=OutboxEntry.State.DONE)
        return [(entry.command, entry.state, entry.last_error) for entry in entries]

    starts_at = (timezone.now() + dt.timedelta(days=1)).replace(second=0, microsecond=0)
    ends_at = starts_at + dt.timedelta(hours=3)
    clocks = on_the_clock(starts_at), on_the_clock(ends_at)
    assert moved(bench, production, *clocks).status_code == 200
    assert post(bench, production, "start").status_code == 200
    assert send() == []
    row = workshop.row(production)
    planned = (row["date_start"], row["date_finished"])
    assert planned == tuple(f"{at:%Y-%m-%d %H:%M:%S}" for at in (starts_at, ends_at))
    assert row["state"] == "progress"

    ended = {"good": "7", "scrapped": "1", "rest_follows": "on", "seen": "10"}
    assert post(bench, production, "finish", **ended).status_code == 200
    assert send() == []

    row = workshop.row(production)
    assert (row["state"], row["qty_produced"]) == (DONE, 8)
    [rest] = workshop.rest(production)
    assert rest["product_qty"] == 2
    [(state, product, scrapped, _moves)] = workshop.scraps(production)
    assert (state, product, scrapped) == ("done", workshop.bundle, 1)
    shown = now_of(production)
    assert (shown.stage, shown.produced, shown.odoo) == (DONE, 8, None)
    text = bench.get(LIST).text
    assert text.index(rest["name"]) < text.index("Made today")
