"""The list of purchases: what it shows, and what it confirms."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.testing.purchases import (
    PurchaseOrderFactory,
    VendorFactory,
    ordered,
)
from scheduling.selectors import purchases as selectors
from scheduling.tests.buying import (
    LIST,
    entries,
    page_of,
)
from scheduling.tests.conftest import PARTIAL

pytestmark = pytest.mark.django_db


def test_the_list_says_what_is_drafted_what_comes_and_what_came(office):
    draft = PurchaseOrderFactory(vendor__name="Drafted & Co")
    late = ordered(vendor__name="Late & Co", planned_at=timezone.now() - dt.timedelta(days=2))
    coming = ordered(vendor__name="Coming & Co")
    PurchaseOrderFactory(vendor__name="Done & Co", state="purchase", receipt_state="full")
    PurchaseOrderFactory(vendor__name="Asked & Co", state="to approve")
    PurchaseOrderFactory(vendor__name="Off & Co", state="cancel", planned_at=None)
    ordered(vendor__name="Someday & Co", planned_at=None)

    text = office.get(LIST).text

    to_order, to_come, done = (
        part for part in re.split("To order|Still to come|Done lately", text)[1:]
    )
    assert "Drafted &amp; Co" in to_order
    assert "to be approved in Odoo" in to_order
    assert str(draft.uuid) in to_order
    assert to_come.index("Late &amp; Co") < to_come.index("Coming &amp; Co")
    assert to_come.index("Coming &amp; Co") < to_come.index("Someday &amp; Co")
    assert to_come.count("▲ late") == 1
    assert str(late.uuid) in to_come.split("▲ late")[0]
    assert "Done &amp; Co" in done
    assert "cancelled" in done
    assert str(coming.uuid) not in to_order


def test_each_row_says_how_it_stands_in_odoo(office):
    orders = PurchaseOrderFactory.create_batch(4, lines=5)
    keys = [str(order.uuid) for order in orders[1:]]
    office.post(reverse("scheduling:purchases-confirm"), {"marked": keys}, headers=PARTIAL)
    for order, state in zip(orders[1:], ("QUEUED", "PARKED", "CONFLICT"), strict=True):
        OutboxEntry.objects.filter(target=f"purchase:{order.uuid}").update(state=state)

    text = office.get(LIST).text

    for words in ("● in Odoo", "⇅ not in Odoo yet", "✕ Odoo said no", "▲ changed in Odoo too"):
        assert text.count(words) == 1


def test_a_vendor_a_number_or_a_reference_is_searched(office):
    PurchaseOrderFactory(vendor__name="Hill & Sons", name="P00011", vendor_reference="AB-1")
    parent = VendorFactory(name="Ridge Timber")
    PurchaseOrderFactory(vendor__name="", vendor__parent=parent, name="P00012")

    def found(search):
        text = office.get(LIST, {"q": search}, headers=PARTIAL).text
        return list(dict.fromkeys(re.findall(r"P000\d\d", text)))

    assert found("hill") == ["P00011"] == found("ab-1")
    assert found("ridge") == ["P00012"] == found("P00012")
    assert found("hill ridge") == []
    assert "No draft matches." in office.get(LIST, {"q": "nobody"}).text
    assert "Nothing that is to come matches." in office.get(LIST, {"q": "nobody"}).text


def test_an_empty_list_says_what_will_stand_there(office):
    text = office.get(LIST).text

    assert "Nothing is drafted." in text
    assert "Nothing is on its way." in text


def test_what_does_not_fit_is_said_so(office, monkeypatch):
    monkeypatch.setattr(selectors, "MOST_OPEN", 1)
    PurchaseOrderFactory.create_batch(2)

    text = office.get(LIST).text

    assert text.count("purchase-row-") == 1
    assert "There are more than are shown here" in text


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_takes_the_same_queries_however_many(office, django_assert_num_queries, number):
    PurchaseOrderFactory.create_batch(number, lines=2)
    ordered()
    PurchaseOrderFactory(state="cancel")

    with django_assert_num_queries(9):  # session, person, business, and twice three
        office.get(LIST, headers=PARTIAL)


def test_marked_drafts_are_confirmed_together(office):
    orders = PurchaseOrderFactory.create_batch(2)
    marked = {"marked": [str(order.uuid) for order in orders]}

    answer = office.post(reverse("scheduling:purchases-confirm"), marked, headers=PARTIAL)

    assert answer.status_code == 200
    assert "2 purchases confirmed." in answer.text
    assert entries() == ["ConfirmPurchase"] * 2


def test_one_is_confirmed_without_javascript(office):
    marked = {"marked": [str(PurchaseOrderFactory().uuid), "no key"]}

    answer = office.post(reverse("scheduling:purchases-confirm"), marked, follow=True)

    assert answer.redirect_chain == [(LIST, 302)]
    assert "1 purchase confirmed." in answer.text


def test_a_refusal_stands_above_the_list_and_what_was_marked_stays(office):
    draft, cancelled = PurchaseOrderFactory(), PurchaseOrderFactory(state="cancel")
    marked = {"marked": [str(draft.uuid), str(cancelled.uuid)]}

    answer = office.post(reverse("scheduling:purchases-confirm"), marked, headers=PARTIAL)

    assert answer.status_code == 422
    assert "Nothing was confirmed." in answer.text
    assert f'value="{draft.uuid}" checked' in answer.text
    again = office.get(LIST, {"marked": str(draft.uuid)}, headers=PARTIAL)
    assert f'value="{draft.uuid}" checked' in again.text


def test_the_director_reads(signed_in):
    order = ordered()
    director = signed_in(Role.DIRECTOR)

    assert "New purchase" not in director.get(LIST).text
    text = director.get(page_of(order)).text
    assert "<form" not in text.split('id="purchase"')[1].partition("</main>")[0]
    assert "4 cord" in text
