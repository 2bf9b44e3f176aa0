"""The delivery ticket on the phone: shown to the customer without signal, numbered with it."""

import hashlib

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from drivers.models import DeliveryTicket
from drivers.tests.phone import phone_of
from drivers.tests.test_ticket_papers import LOGO
from odoo_bridge.models import CountryState, Move, Partner, SaleOrderLine
from portal.accounts.models import Role
from portal.setup.models import BusinessLogo, BusinessProfile
from portal.tests.e2e.driver import SIZES, all_is_sent, arrive, is_kept, open_stop, tap, unsent
from portal.tests.e2e.eyes import faults

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
INK = """
paper => {
  const { data } = paper.getContext("2d").getImageData(0, 0, paper.width, paper.height);
  return data.some((value, at) => at % 4 < 3 && value < 100 && data[at - (at % 4) + 3] > 200);
}
"""


@pytest.fixture
def stops(stops):
    """Let the first stop be priced wood for Minnesota, from a business with a logo."""
    profile = BusinessProfile.objects.create(
        pk=1,
        name="Oak & Sons",
        street="1 Yard Rd",
        city="Ashland",
        phones=["+16065550100"],
        country="US",
        time_zone="America/New_York",
    )
    BusinessLogo.objects.create(profile=profile, png=LOGO, sha256=hashlib.sha256(LOGO).hexdigest())
    Partner.objects.update(state=CountryState.objects.create(odoo_id=1, name="MN", code="MN"))
    line = SaleOrderLine.objects.create(
        odoo_id=1, order=stops[0].job.order, quantity=2, total="412.00"
    )
    Move.objects.filter(picking=stops[0].job.picking_id).update(order_line=line)
    return stops


def sign(page, signer):
    tap(page, "Let the customer sign", "link")
    page.get_by_label("Who signs?").fill(signer)
    paper = page.locator("canvas").bounding_box()
    page.mouse.move(paper["x"] + 40, paper["y"] + 40)
    page.mouse.down()
    page.mouse.move(paper["x"] + 160, paper["y"] + 90, steps=8)
    page.mouse.up()
    tap(page, "Save")


def deliver_in_part(page, stop):
    """Hand over a cord and a half of two, and open the ticket."""
    open_stop(page, stop)
    arrive(page)
    tap(page, "Only a part", "link")
    page.get_by_label("of 2 cord").fill("1.5")
    page.get_by_label("Why is it less?").fill("Too wet")
    tap(page, "Save")
    open_stop(page, stop)
    tap(page, "Ticket", "link")


def test_the_ticket_is_shown_without_signal_and_numbered_with_it(phone, stops):
    page = phone()
    all_is_sent(page)
    is_kept(page, "/brand/logo.png")
    page.context.set_offline(True)
    deliver_in_part(page, stops[0])
    paper = page.locator(".ticket")
    for words in (
        *("Oak & Sons", "+1 606-555-0100", "The number follows when it is sent."),
        *("A. Whitfield", "118 Hickory Rd", stops[0].job.order.name, "Person"),
        *("1 1/2 cords (192 ft³)", "of 2 cords (256 ft³)", "Price, with taxes: $\u00a0309.00"),
        *("Nobody has signed yet.", "Where the wood was harvested"),
    ):
        expect(paper).to_contain_text(words)
    assert paper.locator(".logo").evaluate("logo => logo.decode().then(() => logo.naturalWidth)")
    sign(page, "Ann Whitfield")
    tap(page, "Money received", "link")
    page.get_by_label("Amount received").fill("309")
    page.get_by_label("Check", exact=True).check()
    page.get_by_label("Number of the check").fill("1042")
    page.get_by_label("Why is it another amount?").fill("Only a part came")
    tap(page, "Money received")
    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()
    open_stop(page, stops[0])
    unsent(page, 5)
    page.reload()

    tap(page, "Ticket", "link")
    expect(paper).to_contain_text("Signed by Ann Whitfield")
    page.wait_for_function(f"({INK})(document.querySelector('.ticket canvas'))")
    expect(paper).to_contain_text("$\u00a0309.00, Check 1042")
    expect(paper).to_contain_text("$\u00a0103.00")
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")

    all_is_sent(page)
    expect(paper).to_contain_text("No. 000001")
    expect(paper).to_contain_text("1 1/2 cords (192 ft³)")
    expect(paper).to_contain_text("of 2 cords (256 ft³)")
    expect(paper).to_contain_text("Price, with taxes: $\u00a0309.00")
    assert DeliveryTicket.objects.get().said["lines"][0]["price"] == "309.00"


@pytest.mark.parametrize("size", sorted(SIZES))
def test_it_is_accessible_and_fits(phone, stops, size):
    page = phone(size)
    deliver_in_part(page, stops[0])
    sign(page, "Ann Whitfield")
    tap(page, "Ticket", "link")
    expect(page.locator(".ticket")).to_contain_text("Signed by")

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_office_s_list_is_accessible_and_fits(window, stops, size):
    for stop in stops:
        phone_of(stop).do("DELIVERED", stop)
    page = window(Role.OFFICE, SIZES[size])
    page.goto(reverse("drivers:tickets"))
    expect(page.get_by_role("link", name="000003")).to_be_visible()

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


def test_it_speaks_spanish_and_a_stop_that_is_open_has_none(phone, stops):
    page = phone(locale="es-US")
    open_stop(page, stops[0])
    expect(page.get_by_role("link", name="Comprobante")).to_have_count(0)
    tap(page, "Voy en camino")
    tap(page, "He llegado")
    tap(page, "Entregado")
    open_stop(page, stops[0])
    tap(page, "Comprobante", "link")
    expect(page.locator(".ticket")).to_contain_text("2 cuerdas (256 ft³)")
    expect(page.locator(".ticket")).to_contain_text("N.º 000001")
