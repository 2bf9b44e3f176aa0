"""What the phone says of the way: what a place lets in, whose map, and trouble on the run."""

from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from drivers.models import StopAction
from portal.tests.e2e.driver import all_is_sent, signal, tap, unsent
from portal.tests.e2e.test_driver_ends import start
from scheduling.models import Job, Place

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile"


@pytest.fixture
def gate(stops):
    """The first stop's place, that not every truck can go to."""
    driver = stops[0].run.driver.user
    place = Place.objects.create(
        key="2 main",
        address="2 Main St, Greenup, KY 41144",
        state="FOUND",
        source="PERSON",
        pinned_by=driver,
        found_at=timezone.now(),
        latitude=Decimal("38.4192"),
        longitude=Decimal("-82.4452"),
        most_width=Decimal("2.5"),
        most_height=Decimal("3.05"),
        most_weight=Decimal(3500),
    )
    Job.objects.filter(pk=stops[0].job_id).update(place=place)
    return place


def test_a_limit_is_said_in_both_measures_and_never_as_more(gate, phone):
    page = phone()

    for words in (
        "gate 2.5 m / 8\u20322\u2033 wide",
        "3.05 m / 10\u20320\u2033 high",
        "at most 3,500 kg / 7,716 lb",
    ):
        expect(page.get_by_text(words)).to_be_visible()


def test_an_iphone_goes_with_the_map_that_its_driver_has_chosen(gate, phone):
    page = phone(user_agent=IPHONE)
    way = page.get_by_role("link", name="Navigate")
    expect(way).to_have_attribute("href", "https://maps.apple.com/?daddr=38.419200%2C-82.445200")

    tap(page, "Maps: Apple")
    google = "https://www.google.com/maps/dir/?api=1&destination=38.419200%2C-82.445200"
    expect(way).to_have_attribute("href", google)
    page.reload()
    expect(way).to_have_attribute("href", google)
    tap(page, "Maps: Google")
    expect(page.get_by_role("button", name="Maps: Apple")).to_be_visible()


def test_an_android_asks_which_map_by_itself(gate, phone):
    page = phone(user_agent=ANDROID)

    way = page.get_by_role("link", name="Navigate")
    expect(way).to_have_attribute("href", "geo:0,0?q=38.419200%2C-82.445200")
    expect(page.get_by_role("button", name="Maps:")).to_have_count(0)


def test_trouble_on_the_way_reaches_the_office_about_no_stop(phone, stops):
    page = phone()
    page.context.set_offline(True)
    start(page)
    tap(page, "Trouble on the way", "link")
    page.get_by_label("What is the trouble?").fill("A tyre is flat")
    tap(page, "Save")
    unsent(page, 2)
    signal(page)

    all_is_sent(page)
    told = StopAction.objects.get(what="ISSUE")
    assert (told.run, told.stop, told.details) == (stops[0].run, None, {"text": "A tyre is flat"})
