"""One run as it was driven, on any screen."""

import pytest
from playwright.sync_api import expect

from drivers.models import Drive
from drivers.tests.phone import phone_of
from drivers.tests.pictures import a_picture, named, put
from portal.accounts.models import Role
from portal.tests.e2e.driver import a_stop
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WIDE = "Donaudampfschifffahrtsgesellschaft" * 3


@pytest.fixture
def stop():
    """A stop that is done with a photo, of a run on which another one waits."""
    stop = a_stop(WIDE)
    a_stop("Hill Diner", run=stop.run, position=1)
    phone = phone_of(stop)
    phone.do("STARTED", stop.run, why=WIDE)
    phone.do("ON_MY_WAY", stop)
    phone.do("ARRIVED", stop)
    photo = a_picture()
    picture = phone.act("PHOTO", stop, **named(photo), latitude="38.41", longitude="-82.44")
    phone.send(picture)
    put(phone, picture, photo)
    phone.do("NOTED", stop, text=WIDE)
    phone.do("DELIVERED", stop)
    return stop


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_run_is_accessible_and_fits(window, stop, size):
    page = window(Role.OFFICE, SIZES[size])
    page.goto("/runs/")
    page.get_by_role("link", name=str(stop.run.truck), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(stop.run.truck))
    page.get_by_role("img", name="Photo").scroll_into_view_if_needed()

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.evaluate("document.querySelector('.proof img').naturalWidth") > 0
    assert page.problems == []


def test_the_office_ends_the_run_and_sees_what_still_comes(window, stop):
    page = window(Role.OFFICE, SIZES["office"])
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/runs/{stop.run.uuid}/")
    page.get_by_role("button", name="End the run").click()

    expect(page.get_by_text("✓ The run is over.")).to_be_visible()
    expect(page.get_by_role("button", name="End the run")).to_have_count(0)
    assert Drive.objects.get().ended_at is not None
    phone_of(stop).do("NOTED", stop, text="The key is under the mat.")
    expect(page.get_by_text("The key is under the mat.")).to_be_visible()
