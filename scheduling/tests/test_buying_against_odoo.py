"""From the page to a real Odoo and back: what is ordered, disputed, decided, and received."""

import re

import pytest
from django.urls import reverse

from odoo_bridge.models import Conflict, OutboxEntry, PurchaseOrder
from odoo_bridge.outbox.drain import drain
from odoo_bridge.tests.outbox.purchases import a_market
from odoo_bridge.tests.outbox.yard import Yard
from scheduling.tests.buying import LIST, NEW, filled, page_of
from scheduling.tests.conftest import PARTIAL

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State = OutboxEntry.State


@pytest.fixture
def market(provisioned_odoo, db):
    odoo = provisioned_odoo
    market = a_market(Yard(client=odoo.client(), instance=odoo.access["instance"]))
    market.sell(market.logs, price=12.5, delay=3)
    return market


@pytest.fixture
def send(provisioned_odoo, odoo_access):
    """Send what is promised; return the states that are left, the oldest entry first."""

    def send_all():
        drain(provisioned_odoo.bot(), odoo_access)
        return list(OutboxEntry.objects.order_by("pk").values_list("state", flat=True))

    return send_all


def post(office, order, what, **fields):
    answer = office.post(page_of(order, what), fields, headers=PARTIAL)
    assert answer.status_code == 200, answer.text


def test_a_price_disputed_on_the_way_is_decided_on_the_desk_and_stands_in_odoo(
    office, market, send
):
    sent = filled(office, f"{NEW}?vendor={market.vendor.pk}", line__0__quantity="4")
    office.post(NEW, sent, headers=PARTIAL)
    order = PurchaseOrder.objects.get()
    assert send() == [State.DONE]
    [line] = market.rows(order)
    assert (line["product_qty"], line["price_unit"]) == (4, 12.5)

    mine = filled(office, page_of(order), line__0__price="11")
    market.yard.do("purchase.order.line", "write", [line["id"]], vals={"price_unit": 10})
    post(office, order, "purchase-save", **mine)
    assert send()[-1] == State.CONFLICT
    assert "▲ changed in Odoo too" in office.get(LIST).text
    desk = office.get(reverse("odoo_bridge:desk")).text
    assert "Quantity and price" in desk
    assert re.search(r"What is ordered of a purchase: P\d+ · Hill &amp; Sons", desk)

    conflict = Conflict.objects.get()
    resolve = reverse("odoo_bridge:resolve", args=[conflict.entry_id])
    office.post(resolve, {f"conflict-{conflict.pk}": "MINE"}, headers=PARTIAL)
    assert send()[-1] == State.DONE
    [line] = market.rows(order)
    assert (line["product_qty"], line["price_unit"]) == (4, 11)
    assert "$\xa044.00" in office.get(page_of(order)).text

    post(office, order, "purchase-confirm")
    came = filled_receipt(order, "1.5")
    post(office, order, "purchase-receive", **came)
    assert set(send()) == {State.DONE}
    [line] = market.rows(order)
    assert line["qty_received"] == 1.5
    assert "2.5 of 4 Units are to come" in office.get(page_of(order)).text


def filled_receipt(order, came):
    name = order.lines.get().uuid.hex
    return {f"came_{name}": came, f"seen_{name}": "0"}
