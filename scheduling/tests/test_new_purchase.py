"""The page of a purchase that is not there yet."""

import pytest

from odoo_bridge.models import OutboxEntry, PurchaseOrder
from portal.testing.purchases import (
    BoughtFactory,
    CompanyFactory,
    SupplierPriceFactory,
    VendorFactory,
)
from scheduling.tests.buying import NEW, filled, page_of
from scheduling.tests.conftest import PARTIAL

pytestmark = pytest.mark.django_db


def test_a_new_purchase_begins_with_its_vendor(office):
    SupplierPriceFactory(vendor__name="Hill & Sons", product__name="Oak logs")
    VendorFactory(name="A customer", is_company=False)

    text = office.get(NEW).text
    assert "Hill &amp; Sons" in text
    assert "A customer" not in text
    assert "What to order at" not in text

    vendor = PurchaseOrder._meta.get_field("vendor").related_model.objects.get(name="Hill & Sons")
    text = office.get(NEW, {"vendor": vendor.pk}).text
    assert "What to order at Hill &amp; Sons" in text
    assert "Oak logs" in text
    assert 'placeholder="12.5"' in text


@pytest.mark.parametrize("headers", [PARTIAL, {}])
def test_a_purchase_is_drafted_from_what_the_vendor_offers(office, headers):
    price = SupplierPriceFactory()
    BoughtFactory(name="Bark")
    url = f"{NEW}?vendor={price.vendor.pk}"
    sent = filled(office, url, line__0__quantity="4", reference="V-1")

    answer = office.post(NEW, sent, headers=headers)

    order = PurchaseOrder.objects.get()
    led = answer.headers.get("HX-Redirect") or answer.headers.get("Location")
    assert led == page_of(order)
    assert order.vendor_reference == "V-1"
    [item] = OutboxEntry.objects.get().payload["items"]
    assert (item["product_odoo_id"], item["price"]) == (price.product.odoo_id, "12.500000")
    text = office.get(page_of(order)).text
    assert "no number yet" in text
    assert "⇅ not in Odoo yet" in text


def test_another_product_is_chosen(office):
    CompanyFactory()
    bark, vendor = BoughtFactory(name="Bark"), VendorFactory()
    chosen = {"line__0__product": bark.pk, "line__0__quantity": "1", "line__0__price": "7"}

    office.post(NEW, filled(office, f"{NEW}?vendor={vendor.pk}", **chosen), headers=PARTIAL)

    [item] = OutboxEntry.objects.get().payload["items"]
    assert (item["product_odoo_id"], item["price"]) == (bark.odoo_id, "7")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Enter how much to order"),
        ({"line__1__quantity": "1"}, "Choose a product."),
        ({"line__1__product": "bark"}, "How much?"),
        ({"line__1__product": "bark", "line__1__quantity": "1"}, "this vendor has none"),
        ({"line__0__quantity": "-1"}, "greater than or equal to 0"),
        ({"planned_on": "1999-01-01"}, "Choose a day from"),
        ({"rows": "many"}, "Enter a whole number."),
    ],
)
def test_what_is_wrong_with_a_new_purchase_is_said_and_what_was_typed_stays(office, changes, words):
    price, bark = SupplierPriceFactory(product__name="Oak"), BoughtFactory(name="Bark")
    changes = {name: bark.pk if one == "bark" else one for name, one in changes.items()}
    url = f"{NEW}?vendor={price.vendor.pk}"
    sent = filled(office, url, reference="Typed", **changes)

    answer = office.post(NEW, sent, headers=PARTIAL)

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Typed"' in answer.text
    assert not PurchaseOrder.objects.exists()


def test_without_a_vendor_nothing_is_ordered(office):
    answer = office.post(NEW, {"vendor": "0"}, headers=PARTIAL)

    assert answer.status_code == 422
    assert "Select a valid choice" in answer.text
