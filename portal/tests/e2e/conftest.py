"""What the tests of the board and of the driver's phone start from."""

import coverage
import pytest
from playwright.sync_api import expect

from portal.testing.browser import put_away
from portal.testing.kept_page import IS_KEPT
from portal.testing.mirrors import PickingFactory
from portal.testing.yard import DriverFactory, JobFactory, TruckFactory
from portal.tests.e2e.driver import SIZES, a_stop, sign_in


@pytest.fixture(autouse=True, scope="module")
def uncounted():
    """Count no lines here: it costs a third of the time, and other tests go through all of them."""
    counting = coverage.Coverage.current()
    if counting:
        counting.stop()
    yield
    if counting:
        counting.start()


@pytest.fixture
def yard():
    """Two trucks, two drivers, and three jobs for them."""
    trucks = [TruckFactory(vehicle__plate=plate) for plate in ("YARD 01", "YARD 02")]
    names = ("Maria Alvarez", "Dale Conley", "Priya Raman")
    jobs = [
        JobFactory(picking=PickingFactory(order__customer__name=name, order__name=f"S0041{n}"))
        for n, name in enumerate(names)
    ]
    return trucks, DriverFactory.create_batch(2), jobs


@pytest.fixture
def stops():
    """A run with three stops."""
    first = a_stop("A. Whitfield")
    names = {1: "Hill Diner", 2: "Donaudampfschifffahrtsgesellschaft" * 3}
    return [first, *(a_stop(name, run=first.run, position=at) for at, name in names.items())]


@pytest.fixture
def phone(browser, live_server, stops):
    """Open the phone of the run's driver: ``phone()``; the page is kept by then."""
    opened = []

    def open_phone(size="phone", *, before=None, **about):
        context = browser.new_context(
            base_url=live_server.url,
            viewport=SIZES[size],
            reduced_motion="reduce",
            has_touch=True,
            **about,
        )
        opened.append(context)
        sign_in(context, live_server.url, stops[0].run.driver.user)
        page = context.new_page()
        page.problems = []
        page.on("console", lambda m: m.type == "error" and page.problems.append(m.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        if before:
            page.goto("/health")
            before(page)
        page.goto("/driver/")
        expect(page.get_by_role("heading", name="A. Whitfield")).to_be_visible()
        page.evaluate(IS_KEPT)
        return page

    yield open_phone
    put_away(opened)
