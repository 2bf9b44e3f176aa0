"""The page of one purchase: what it saves, confirms, receives, and refuses."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from odoo_bridge.models import OutboxEntry, PurchaseOrder
from portal.testing.purchases import (
    BoughtFactory,
    PurchaseOrderFactory,
    ordered,
)
from scheduling.forms.purchase import MOST_ROWS
from scheduling.tests.buying import (
    entries,
    fields_of,
    filled,
    page_of,
)
from scheduling.tests.conftest import PARTIAL

pytestmark = pytest.mark.django_db


def test_the_page_of_a_draft_saves_what_was_changed(office):
    order = PurchaseOrderFactory(lines=2)
    one, _other = order.lines.order_by("pk")
    sent = filled(office, page_of(order), line__0__price="11", reference="B")

    answer = office.post(page_of(order, "purchase-save"), sent, headers=PARTIAL)

    assert answer.status_code == 200
    assert "✓ Saved." in answer.text
    assert entries() == ["ChangePurchase", "ChangePurchaseLine"]
    entry = OutboxEntry.objects.get(command="ChangePurchaseLine")
    assert (entry.payload["line_uuid"], entry.payload["price"]) == (str(one.uuid), "11")
    assert entry.base == {"product_qty": 4.0, "price_unit": 12.5, "discount": 0.0}
    assert fields_of(answer.text)["line-0-seen_price"] == "11"


def test_a_page_that_is_sent_as_it_came_changes_nothing(office):
    order = PurchaseOrderFactory(lines=2)

    office.post(page_of(order, "purchase-save"), filled(office, page_of(order)), headers=PARTIAL)

    assert entries() == []


def test_what_was_planned_long_ago_can_still_be_changed(office):
    order = PurchaseOrderFactory(planned_at=timezone.now() - dt.timedelta(days=400))
    sent = filled(office, page_of(order), reference="B")

    assert office.post(page_of(order, "purchase-save"), sent, headers=PARTIAL).status_code == 200
    answer = office.post(
        page_of(order, "purchase-save"), {**sent, "planned_on": "1999-01-01"}, headers=PARTIAL
    )

    assert "Choose a day from" in answer.text
    assert OutboxEntry.objects.get().payload["planned_at"] is None


def test_a_line_is_removed_and_another_added(office):
    order = PurchaseOrderFactory(lines=2)
    bark = BoughtFactory(name="Bark")
    sent = filled(office, page_of(order), line__2__product=bark.pk, line__2__quantity="1")
    sent |= {"line-0-remove": "on", "line-2-price": "3", "line-0-quantity": ""}

    answer = office.post(page_of(order, "purchase-save"), sent)

    assert answer.headers["Location"] == page_of(order)
    assert entries() == ["RemovePurchaseLine", "AddPurchaseLine"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"line__0__quantity": ""}, "Enter a number."),
        ({"line__0__quantity": "0"}, "Remove the line, or order something."),
        ({"line__0__seen_price": ""}, "Enter a number."),
        ({"line__0__discount": "101"}, "less than or equal to 100"),
        ({"line__1__product": "x", "line__1__quantity": "1"}, "Enter a whole number."),
        ({"line__0__remove": "on"}, "cancel it, or leave a line"),
    ],
)
def test_what_is_wrong_with_a_change_is_said(office, changes, words):
    order = PurchaseOrderFactory()
    sent = filled(office, page_of(order), **changes)

    answer = office.post(page_of(order, "purchase-save"), sent, headers=PARTIAL)

    assert answer.status_code == 422
    assert words in answer.text
    assert entries() == []


def test_a_change_that_comes_second_is_shown_what_stands_there_now(office):
    order = PurchaseOrderFactory(vendor_reference="A")
    first, second = (filled(office, page_of(order), reference=name) for name in ("B", "C"))
    office.post(page_of(order, "purchase-save"), first, headers=PARTIAL)

    answer = office.post(page_of(order, "purchase-save"), second, headers=PARTIAL)

    assert answer.status_code == 422
    assert "Somebody else changed" in answer.text
    assert fields_of(answer.text)["reference"] == "B"


def test_a_line_that_is_gone_is_refused(office):
    order = PurchaseOrderFactory(lines=2)
    sent = filled(office, page_of(order), line__0__price="11")
    order.line_ids = order.line_ids[1:]
    order.save()

    answer = office.post(page_of(order, "purchase-save"), sent, headers=PARTIAL)

    assert answer.status_code == 422
    assert "was removed" in answer.text


def test_no_more_rows_are_read_than_a_page_has(office):
    order = PurchaseOrderFactory()
    sent = filled(office, page_of(order), rows=str(10**9))

    answer = office.post(page_of(order, "purchase-save"), sent, headers=PARTIAL)

    assert answer.status_code == 422
    assert f"less than or equal to {MOST_ROWS}" in answer.text


def test_a_draft_is_confirmed_received_in_part_and_shown_so(office):
    order = PurchaseOrderFactory(lines=2)
    one, other = order.lines.order_by("pk")

    answer = office.post(page_of(order, "purchase-confirm"), headers=PARTIAL)
    assert "✓ Confirmed." in answer.text
    assert "4 of 4 cord are to come" in answer.text

    came = {f"came_{one.uuid.hex}": "3", f"seen_{one.uuid.hex}": "0"}
    came |= {f"came_{other.uuid.hex}": "", f"seen_{other.uuid.hex}": "0"}
    answer = office.post(page_of(order, "purchase-receive"), came, headers=PARTIAL)
    assert "✓ Received." in answer.text
    assert "1 of 4 cord are to come" in answer.text
    assert entries() == ["ConfirmPurchase", "ReceivePurchase"]
    again = office.post(page_of(order, "purchase-receive"), came, headers=PARTIAL)
    assert again.status_code == 422
    assert "Somebody else received" in again.text


def test_what_came_must_be_a_number(office):
    order = ordered()
    name = order.lines.get().uuid.hex

    answer = office.post(
        page_of(order, "purchase-receive"),
        {f"came_{name}": "some", f"seen_{name}": "0"},
        headers=PARTIAL,
    )

    assert answer.status_code == 422
    assert "Enter a number." in answer.text


def test_a_purchase_is_called_off_and_what_came_of_it_is_not(office):
    order, partly = ordered(), ordered()
    partly.lines.update(received=1)

    answer = office.post(page_of(order, "purchase-cancel"), headers=PARTIAL)
    assert "✕ cancelled" in answer.text
    assert "It orders nothing." not in answer.text

    refused = office.post(page_of(partly, "purchase-cancel"), headers=PARTIAL)
    assert refused.status_code == 422
    assert "is settled in Odoo" in refused.text


def test_an_empty_draft_cannot_be_confirmed(office):
    order = PurchaseOrderFactory(lines=0, planned_at=None)

    answer = office.post(page_of(order, "purchase-confirm"), headers=PARTIAL)

    assert answer.status_code == 422
    assert "orders nothing yet" in answer.text


@pytest.mark.parametrize("what", ["purchase-save", "purchase-confirm", "purchase-receive"])
def test_there_is_no_page_of_what_does_not_exist(office, what):
    missing = PurchaseOrder(uuid=uuid.uuid4())

    assert office.get(page_of(missing)).status_code == 404
    assert office.post(page_of(missing, what)).status_code == 404


def test_the_form_offers_as_many_rows_as_it_reads(office):
    order = PurchaseOrderFactory(lines=MOST_ROWS)

    assert fields_of(office.get(page_of(order)).text)["rows"] == str(MOST_ROWS)
