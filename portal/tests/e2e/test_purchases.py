"""Purchases are read, changed and confirmed on any screen, and with the keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from odoo_bridge.models import OutboxEntry, PurchaseOrder
from portal.accounts.models import Role
from portal.core.changes import touch
from portal.testing.purchases import PurchaseOrderFactory, SupplierPriceFactory, ordered
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LIST = reverse("scheduling:purchases")
WIDE = "Donaudampfschifffahrtsgesellschaft" * 2


def page_of(order):
    return reverse("scheduling:purchase", args=[order.uuid])


@pytest.mark.parametrize("size", sorted(SIZES))
def test_a_purchase_is_accessible_and_fits(window, size):
    price = SupplierPriceFactory(vendor__name=WIDE, product__name=WIDE)
    draft = PurchaseOrderFactory(vendor=price.vendor, name="P" * 60)
    coming = ordered(vendor=price.vendor, name="P" * 60)
    PurchaseOrder.objects.update(vendor_reference=WIDE)
    draft.lines.update(product=price.product)
    page = window(Role.OFFICE, SIZES[size])
    new = f"{reverse('scheduling:purchase-new')}?vendor={price.vendor.pk}"
    for url in (LIST, new, page_of(draft), page_of(coming)):
        page.goto(url)

        assert faults(page) == [], url
        fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert fits, f"{url} scrolls sideways"
    assert page.problems == []


def test_drafts_are_marked_and_confirmed_while_the_list_is_read_again(window):
    for name in ("Hill & Sons", "Ridge Timber"):
        PurchaseOrderFactory(vendor__name=name)
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(LIST)

    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    with page.expect_response(lambda answer: "marked=" in answer.url):
        touch("purchases")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("button", name="Confirm what is marked").press("Enter")

    expect(page.get_by_text("2 purchases confirmed.")).to_be_visible()
    expect(page.get_by_role("region", name="Still to come").get_by_role("listitem")).to_have_count(
        2
    )
    assert OutboxEntry.objects.filter(command="ConfirmPurchase").count() == 2


def test_a_purchase_is_drafted_mended_and_confirmed_with_the_keyboard(window):
    price = SupplierPriceFactory(vendor__name="Hill & Sons", product__name="Oak logs")
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(LIST)
    page.get_by_role("link", name="New purchase").press("Enter")
    page.get_by_label("Vendor").select_option(str(price.vendor.pk))
    page.get_by_role("button", name="Next").press("Enter")

    page.get_by_role("button", name="Draft the purchase").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter how much to order")
    page.get_by_label("Quantity: Oak logs").fill("4")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="no number yet")).to_be_visible()
    page.get_by_label("Price: Oak logs").fill("11")
    page.keyboard.press("Enter")
    expect(page.get_by_text("✓ Saved.")).to_be_visible()
    expect(page.locator("#purchase-state")).to_contain_text("44.00")
    page.get_by_role("button", name="Confirm as saved").press("Enter")
    expect(page.get_by_role("heading", name="What came")).to_be_visible()
    page.get_by_label("Oak logs", exact=True).fill("3")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 4 cord are to come")).to_be_visible()
    [refused] = page.problems
    assert "status of 422" in refused


def test_a_number_from_odoo_appears_by_itself_and_what_is_typed_stays(window):
    order = PurchaseOrderFactory(name="")
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(page_of(order))
    page.get_by_label("Vendor's reference").fill("typed")

    PurchaseOrder.objects.update(name="P00412", vendor_reference="Odoo's")
    touch("purchases")

    expect(page.get_by_role("heading", name="P00412")).to_be_visible()
    expect(page.get_by_label("Vendor's reference")).to_have_value("typed")
