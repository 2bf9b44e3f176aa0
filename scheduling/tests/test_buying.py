"""Ordering, receiving and calling off: what is promised, and what is refused."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from odoo_bridge.models import PurchaseOrder
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.purchases import (
    BoughtFactory,
    PurchaseOrderFactory,
    SupplierPriceFactory,
    VendorFactory,
    ordered,
)
from scheduling.errors import (
    NotForSale,
    NothingOrdered,
    PurchaseChanged,
    PurchaseClosed,
    SentBefore,
)
from scheduling.services.cancel_purchase import cancel_purchase
from scheduling.services.confirm_purchases import confirm_purchases
from scheduling.services.place_purchase import Wanted, noon_of
from scheduling.services.receive_purchase import Came, receive_purchase
from scheduling.tests.buying import (
    now_of,
    place,
    promised,
)

pytestmark = pytest.mark.django_db


def test_what_is_ordered_costs_and_comes_as_the_vendor_says(buyer):
    price = SupplierPriceFactory(discount=5, lead_days=3)

    order = place(price.vendor, Wanted(price.product, Decimal(4)), by=buyer)

    [payload] = promised("PlacePurchase")
    [item] = payload["items"]
    assert payload["purchase_uuid"] == str(order.uuid)
    assert (item["price"], item["discount"], item["quantity"]) == ("12.500000", "5.0000", "4")
    assert item["planned_at"] == noon_of(dt.date(2026, 12, 3)).isoformat()
    row = AuditRow.objects.get()
    assert (row.what, row.by) == ("purchase placed", buyer)
    assert row.new["lines"] == [f"4 {price.product} at 12.5"]


def test_what_was_entered_stands(buyer):
    price = SupplierPriceFactory(discount=5)
    wanted = Wanted(price.product, Decimal(4), Decimal(11))

    place(price.vendor, wanted, by=buyer, planned_on=dt.date(2026, 12, 9))

    [item] = promised("PlacePurchase")[0]["items"]
    assert (item["price"], item["discount"]) == ("11", "0")
    assert item["planned_at"] == noon_of(dt.date(2026, 12, 9)).isoformat()


def test_an_order_that_is_sent_twice_is_one(buyer):
    vendor, key = VendorFactory(), uuid.uuid4()
    wanted = Wanted(BoughtFactory(), Decimal(1), Decimal(2), Decimal(3))

    first, again = (place(vendor, wanted, by=buyer, key=key) for _ in range(2))

    assert first == again
    assert len(promised("PlacePurchase")) == 1


def test_a_page_that_is_sent_again_with_something_else_is_refused(buyer):
    vendor, key, product = VendorFactory(), uuid.uuid4(), BoughtFactory()
    place(vendor, Wanted(product, Decimal(3), Decimal(2)), by=buyer, key=key)

    with pytest.raises(SentBefore, match="is not in that one"):
        place(vendor, Wanted(product, Decimal(77), Decimal(2)), by=buyer, key=key)

    assert len(promised("PlacePurchase")) == 1


def test_an_order_of_nothing_or_without_a_price_is_refused(buyer):
    vendor = VendorFactory()
    with pytest.raises(NothingOrdered):
        place(vendor, by=buyer)
    with pytest.raises(NotForSale, match="this vendor has none"):
        place(vendor, Wanted(BoughtFactory(), Decimal(1)), by=buyer)
    assert not PurchaseOrder.objects.exists()


def test_before_the_first_currency_nothing_is_ordered(person):
    with pytest.raises(NotForSale, match="currency"):
        place(VendorFactory(), Wanted(BoughtFactory(), Decimal(1)), by=person(Role.OFFICE))


def test_what_was_given_up_meanwhile_does_not_exist(buyer):
    with pytest.raises(PurchaseClosed, match="does not exist"):
        cancel_purchase(key=uuid.uuid4(), by=buyer)


def test_many_are_confirmed_at_once(buyer):
    orders = PurchaseOrderFactory.create_batch(3)
    keys = [order.uuid for order in orders]

    assert confirm_purchases(keys=keys, by=buyer) == 3

    assert len(promised("ConfirmPurchase")) == 3
    assert confirm_purchases(keys=keys, by=buyer) == 0
    assert AuditRow.objects.filter(what="purchase confirmed").count() == 3


def test_all_are_confirmed_or_none(buyer):
    order, cancelled = PurchaseOrderFactory(), PurchaseOrderFactory(state="cancel")
    empty = PurchaseOrderFactory(lines=0)

    with pytest.raises(PurchaseClosed, match="Nothing was confirmed"):
        confirm_purchases(keys=[order.uuid, cancelled.uuid], by=buyer)
    with pytest.raises(NothingOrdered, match="orders nothing yet"):
        confirm_purchases(keys=[order.uuid, empty.uuid], by=buyer)
    with pytest.raises(NothingOrdered, match="Mark the drafts"):
        confirm_purchases(keys=[], by=buyer)

    assert promised("ConfirmPurchase") == []


def test_what_came_is_promised_with_what_had_come_before(buyer):
    order = ordered(lines=2)
    one, other = order.lines.order_by("pk")
    came = [Came(one.uuid, Decimal(3), Decimal(0)), Came(other.uuid, Decimal(0), Decimal(0))]

    receive_purchase(key=order.uuid, came=came, by=buyer)

    [payload] = promised("ReceivePurchase")
    assert payload["goods"] == [{"line_uuid": str(one.uuid), "before": "0", "quantity": "3"}]
    assert [line.to_come for line in now_of(order).lines] == [1, 4]
    with pytest.raises(PurchaseChanged, match="Somebody else received"):
        receive_purchase(key=order.uuid, came=came, by=buyer)
    receive_purchase(key=order.uuid, came=[Came(one.uuid, Decimal(1), Decimal(3))], by=buyer)
    assert [line.to_come for line in now_of(order).lines] == [0, 4]


def test_what_cannot_be_received(buyer):
    draft, order = PurchaseOrderFactory(), ordered()
    key = order.lines.get().uuid

    with pytest.raises(PurchaseClosed, match="is not confirmed"):
        receive_purchase(key=draft.uuid, came=[], by=buyer)
    with pytest.raises(NothingOrdered):
        receive_purchase(key=order.uuid, came=[Came(key, Decimal(0), Decimal(0))], by=buyer)
    with pytest.raises(PurchaseChanged):
        receive_purchase(
            key=order.uuid, came=[Came(uuid.uuid4(), Decimal(1), Decimal(0))], by=buyer
        )


def test_a_purchase_is_called_off_once(buyer):
    order = ordered()

    cancel_purchase(key=order.uuid, by=buyer)
    cancel_purchase(key=order.uuid, by=buyer)

    assert len(promised("CancelPurchase")) == 1
    assert now_of(order).stage == "cancel"


def test_what_came_in_part_is_settled_in_odoo(buyer):
    order = ordered(vendor=None, vendor_odoo_id=None, name="")
    order.lines.update(received=1)

    with pytest.raises(PurchaseClosed, match="Goods of The new purchase came"):
        cancel_purchase(key=order.uuid, by=buyer)
