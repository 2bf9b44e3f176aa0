"""Money is counted and deposited on any screen, while others do the same."""

import pytest
from playwright.sync_api import expect

from drivers.models import Deposit, HandIn
from drivers.services.make_deposit import Slip, make_deposit
from drivers.tests.cash import CASH, DOLLAR, collected, handed_in
from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.core.changes import touch
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WIDE = "Donaudampfschifffahrtsgesellschaft" * 2


@pytest.fixture
def dale(person):
    return person(Role.DRIVER, name="Dale Rivers")


@pytest.fixture
def chain(dale, person):
    """Have money at each place of the chain, with long words."""
    ann, long = person(Role.OFFICE, name="Ann Whitfield"), person(Role.DRIVER, name=WIDE)
    brought = handed_in(collected(long, "412.00"), by=ann, cash="400.00", reason=WIDE)
    slip = Slip(DOLLAR, frozenset({brought.uuid}), 401, "S" * 60, WIDE)
    make_deposit(slip, by=ann)
    handed_in(collected(dale, "250.00"), by=ann, cash="255.00", reason="Five were a tip")
    check = collected(dale, "62.50", check="20417")
    handed_in(collected(dale, "80.00"), check, by=ann, cash="80.00")
    refused = collected(dale, "400.00", reason="Pays the rest on Friday", customer=WIDE)
    payment = str(refused.payment.uuid)
    OutboxEntry.objects.filter(payload__payment_uuid=payment).update(state="PARKED")
    given_up = collected(dale, "12.00", check="W" * 20)
    payment = str(given_up.payment.uuid)
    OutboxEntry.objects.filter(payload__payment_uuid=payment).update(state="DROPPED", note="Twice")
    return [refused, collected(dale, "1180.00", check="1001", customer="Ridge Timber")]


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_chain_is_accessible_and_fits(window, size):
    page = window(Role.OFFICE, SIZES[size])
    page.goto(CASH)
    for sent, missing in (
        ("Take it over", "Type an amount from 0.00 to"),
        ("Note the deposit", "This field is required."),
    ):
        page.get_by_role("button", name=sent).click()
        expect(page.get_by_text(missing).first).to_be_visible()

        assert faults(page) == []
        fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert fits, "scrolls sideways"


def test_what_is_typed_stays_while_others_collect_and_is_counted_after_a_look(window, dale):
    check = collected(dale, "12.00", check="1001")
    collected(dale, "100.00")
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(CASH)
    page.get_by_label("Cash counted").fill("100.00")
    page.get_by_label("Check 1001").check()

    more = collected(dale, "5.00")
    touch("money")

    expect(page.get_by_role("cell", name="5.00", exact=False).first).to_be_visible()
    expect(page.get_by_text("105.00").first).to_be_visible()
    expect(page.get_by_label("Cash counted")).to_have_value("100.00")
    expect(page.get_by_label("Check 1001")).to_be_checked()
    page.get_by_role("button", name="Take it over").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("has changed meanwhile")
    page.get_by_label("Cash counted").fill("105.00")
    page.keyboard.press("Enter")

    expect(page.get_by_text("✓ The money is counted.")).to_be_visible()
    assert HandIn.objects.get().collections.filter(pk__in=[check.pk, more.pk]).count() == 2
    page.get_by_label("What the bank took").fill("117.00")
    page.get_by_label("Number of the bank's slip").fill("7")
    page.keyboard.press("Enter")
    expect(page.get_by_text("✓ The deposit is noted.")).to_be_visible()
    assert Deposit.objects.get().hand_ins.count() == 1
    [refused] = page.problems
    assert "status of 422" in refused


def test_an_answer_that_comes_after_the_page_was_read_anew_is_said(window, dale, person):
    hand_in = handed_in(collected(dale, "100.00"), by=person(Role.OFFICE), cash="100.00")
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(CASH)
    read = []

    def hold(route):
        answer = route.fetch()
        with page.expect_response(lambda one: one.url.endswith(CASH)):
            pass
        read.append(page.locator("#cash form").count())
        route.fulfill(response=answer)

    page.route("**/cash/*/deposit", hold)
    page.get_by_label("What the bank took").fill("100.00")
    page.get_by_label("Number of the bank's slip").fill("7")
    page.keyboard.press("Enter")

    expect(page.get_by_text("✓ The deposit is noted.")).to_be_visible()
    expect(page.get_by_role("region", name="Deposits of the last 30 days")).to_be_visible()
    assert read, "nothing was read meanwhile"
    assert page.locator("#cash").count() == 1
    assert page.problems == []
    assert Deposit.objects.get().hand_ins.get() == hand_in


def test_what_others_did_before_an_answer_came_shows_after_it(window, dale, person):
    ann = person(Role.OFFICE)
    handed_in(collected(dale, "100.00"), by=ann, cash="100.00")
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(CASH)

    def deposit(cash, slip):
        page.get_by_label("What the bank took").fill(cash)
        page.get_by_label("Number of the bank's slip").fill(slip)
        page.keyboard.press("Enter")

    deposit("100.00", "7")
    expect(page.get_by_label("What the bank took")).to_have_count(0)  # its form is gone
    handed_in(collected(dale, "70.00"), by=ann, cash="70.00")

    expect(page.get_by_text("✓ The deposit is noted.")).to_be_visible()
    deposit("60.00", "8")
    expect(page.get_by_text("What is ticked is $\u00a070.00")).to_be_visible()
    expect(page.get_by_text("The deposit is noted.")).to_have_count(0)
    held = []

    def hold(route):
        held.append((route, route.fetch()))

    def is_read(answer):
        return answer.url.endswith(CASH)

    page.route("**/cash/*/deposit", hold)
    with page.expect_response(is_read):
        deposit("70.00", "8")
    with page.expect_response(is_read):
        collected(dale, "5.00", customer="Ridge Timber")
    [(route, answer)] = held
    route.fulfill(response=answer)

    expect(page.get_by_text("Ridge Timber")).to_be_visible()
    assert Deposit.objects.count() == 2


def test_a_count_is_taken_back_after_a_question(window, dale, person):
    handed_in(collected(dale, "412.00"), by=person(Role.OFFICE), cash="412.00")
    page = window(Role.OFFICE, SIZES["phone"])
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(CASH)

    page.get_by_role("button", name="Take back").click()

    expect(page.get_by_text("✓ The count is taken back.")).to_be_visible()
    expect(page.get_by_role("heading", name="With Dale Rivers")).to_be_visible()
