"""Trucks and materials in a browser, with all that can be kept of them."""

import pytest
from playwright.sync_api import expect

from portal.accounts.models import Role
from portal.testing.mirrors import ProductFactory
from portal.testing.yard import MaterialFactory, TruckFactory
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import (
    Compartment,
    GroupClash,
    LoadGroup,
    Material,
    ProductMaterial,
    Truck,
    TruckLimit,
    TruckService,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def truck():
    """Return a truck of which all is known, beside materials of all kinds."""
    food, soil = (LoadGroup.objects.create(name=name) for name in ("Food", "Soil"))
    GroupClash.objects.create(first=food, second=soil)
    gravel = MaterialFactory(name="Pea gravel", group=soil, heaping="1.15")
    MaterialFactory(name="Mulch", density=0)
    long_name = "Donaudampfschifffahrtsgesellschaft" * 2
    ProductMaterial.objects.create(product=ProductFactory(name=long_name), material=gravel)
    ProductFactory(name="Oak mulch", code="MU-1")
    truck = TruckFactory(vehicle__plate="YARD 05", width="2.55", empty_weight=9000)
    TruckFactory(vehicle__name=long_name, vehicle__plate="", is_active=False)
    TruckLimit.objects.create(truck=truck, material=gravel, most_weight=4000, most_volume=3)
    Compartment.objects.create(truck=truck, name="Front", most_weight=2000, most_volume=3)
    TruckService.objects.create(
        truck=truck, first_day="2026-12-01", last_day="2026-12-03", words="Brakes, " * 12
    )
    return truck


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_pages_are_accessible_and_fit(window, truck, size):
    page = window(Role.ADMIN, SIZES[size])
    for address in ("/setup/trucks/", f"/setup/trucks/{truck.pk}/", "/setup/materials/"):
        page.goto(address)
        for closed in page.locator("summary").all():
            closed.click()
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert page.problems == []


def test_an_administrator_says_what_a_truck_carries_and_what_products_are(window, truck):
    page = window(Role.ADMIN, SIZES["office"])
    page.goto("/setup/")
    page.get_by_role("link", name="Trucks").click()
    page.get_by_role("link", name="YARD 05").click()
    page.get_by_label("Carries, kg").fill("4200")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert Truck.objects.get(pk=truck.pk).most_weight == 4200

    page.goto("/setup/materials/")
    page.get_by_role("searchbox", name="Product").fill("mulch")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Oak mulch").check()
    page.get_by_label("The ticked ones are").select_option("Mulch")
    page.locator("#products").get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 product changed.")).to_be_visible()
    assert Material.objects.get(name="Mulch").products.count() == 1
