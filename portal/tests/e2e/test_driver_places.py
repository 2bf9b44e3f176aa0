"""The pictures of the places on the phone: there without signal, and gone with who signs out."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from drivers.tests.test_ticket_papers import LOGO
from portal.accounts.models import Role
from portal.tests.e2e.driver import all_is_sent, is_kept, open_stop, tap
from scheduling.models import Job, Place
from scheduling.services import change_place

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def picture(stops, person, settings, tmp_path):
    """A picture of where the first stop's goods are put."""
    settings.MEDIA_ROOT = tmp_path
    place = Place.objects.create(
        key="118 hickory rd", address="118 Hickory Rd", found_at=timezone.now()
    )
    Job.objects.filter(pk=stops[0].job_id).update(place=place)
    return change_place.add_photo(
        place_uuid=place.uuid, content=LOGO, caption="Left of the barn", by=person(Role.OFFICE)
    )


def test_they_are_shown_without_signal(phone, stops, picture):
    page = phone()
    all_is_sent(page)
    is_kept(page, f"/places/pictures/{picture.uuid}")
    page.context.set_offline(True)

    open_stop(page, stops[0])

    shown = page.get_by_role("img", name="Left of the barn")
    assert shown.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    expect(page.locator("figcaption", has_text="Left of the barn")).to_be_visible()


def test_they_go_with_who_signs_out(phone, stops, picture):
    page = phone()
    all_is_sent(page)
    is_kept(page, f"/places/pictures/{picture.uuid}")
    page.on("dialog", lambda dialog: dialog.accept())

    tap(page, "Sign out")

    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    kept = "path => caches.match(path).then(Boolean)"
    assert page.evaluate(kept, f"/places/pictures/{picture.uuid}") is False
