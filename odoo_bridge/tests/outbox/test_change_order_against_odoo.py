"""What is changed of an order here and in a real Odoo."""

import pytest

from odoo_bridge.models import Conflict
from odoo_bridge.tests.outbox import orders as words
from odoo_bridge.tests.outbox.purchases import all_done

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


@pytest.fixture
def shop(yard, db):
    return words.a_shop(yard)


def test_what_is_changed_before_odoo_has_the_order_stands_there(shop, drained):
    order = shop.order(reference="PO 7")
    words.change(order, seen={"reference": "PO 7"}, reference="PO 8", note="Ring <first>")
    words.change(order, seen={"promised_at": words.PROMISED}, promised_at=words.LATER, note="Dog")

    assert drained() == ["sale.order.load", "sale.order.write"]

    all_done()
    row = shop.row(order)
    assert (row["client_order_ref"], row["commitment_date"]) == ("PO 8", "2026-12-08 17:00:00")
    assert row["note"].endswith("<p>Ring &lt;first&gt;</p>\n\n<p>Dog</p>")
    assert order.promised_at == words.LATER


def test_our_date_stands_their_note_stays_and_a_reference_is_decided_by_a_person(
    shop, drained, send_again
):
    _sold, order = shop.sold()
    theirs = {"commitment_date": "2026-12-24 08:00:00", "note": "<p>Theirs</p>"}
    shop.yard.do("sale.order", "write", [order.odoo_id], vals=theirs)

    words.change(order, promised_at=words.LATER, note="Ours")
    drained()

    all_done()
    row = shop.row(order)
    assert row["commitment_date"] == "2026-12-08 17:00:00"
    assert row["note"] == "<p>Theirs</p><p>Ours</p>"
    assert send_again() == []
    shop.yard.do("sale.order", "write", [order.odoo_id], vals={"client_order_ref": "Theirs"})
    words.change(order, seen={"reference": ""}, reference="Ours")
    assert drained() == []
    assert words.last()[0] == "CONFLICT"
    conflict = Conflict.objects.get()
    assert (conflict.key, conflict.theirs) == ("client_order_ref", {"client_order_ref": "Theirs"})
