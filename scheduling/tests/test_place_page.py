"""What people say of a place, and who sees it."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.yard import DriverFactory, JobFactory, RunFactory, StopFactory
from scheduling.models import Place, PlacePhoto
from scheduling.services import change_place
from scheduling.services.follow_places import follow_places, place_at

pytestmark = pytest.mark.django_db
ADDRESS = "12 Oak St, Ashland, 41101"


@pytest.fixture
def place():
    return place_at(ADDRESS)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def send(browser, what, key, **values):
    return browser.post(reverse(f"scheduling:place-{what}", args=[key]), values)


def page(browser, place):
    return browser.get(reverse("scheduling:place", args=[place.uuid])).content.decode()


def picture(colour="red", size=(40, 20), exif=None):
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "JPEG", **({"exif": exif} if exif else {}))
    return SimpleUploadedFile("gate.jpg", content.getvalue(), "image/jpeg")


def test_a_pin_is_put_and_taken_away(office, place):
    answer = send(office, "pin", place.uuid, seen=0, latitude="38.5730851", longitude="-82.83322")
    assert answer.status_code == 302
    place.refresh_from_db()
    assert (place.state, place.source, place.pinned_by) == ("FOUND", "PERSON", office.user)
    assert (place.latitude, place.longitude) == (Decimal("38.573085"), Decimal("-82.833220"))
    assert "by a person: Ann" in page(office, place) or str(office.user) in page(office, place)
    [row] = AuditRow.objects.filter(what="pin moved")
    assert row.new["source"] == "PERSON"

    send(office, "pin", place.uuid, seen=1, latitude="", longitude="")
    place.refresh_from_db()
    assert (place.state, place.point, place.pinned_by) == ("TO_FIND", None, None)


@pytest.mark.parametrize(
    ("latitude", "longitude", "why"),
    [
        ("91", "0", "less than or equal to 90"),
        ("38", "-181", "greater than or equal to -180"),
        ("38", "", "Type both figures"),
        ("", "-82", "Type both figures"),
        ("0", "0", "in the sea"),
        ("38.5", "-60.1", "Check the order and the signs"),
        ("north", "-82", "Enter a number"),
        ("NaN", "-82", "Enter a number"),
    ],
)
def test_what_is_no_point_is_refused_and_changes_nothing(office, place, latitude, longitude, why):
    answer = send(office, "pin", place.uuid, seen=0, latitude=latitude, longitude=longitude)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert Place.objects.get().edits == 0
    assert not AuditRow.objects.filter(what="pin moved").exists()


def test_what_a_driver_must_know_comes_back_on_the_next_order(office, place):
    words = {"drop_spot": "left of the barn", "most_width": "2.5", "notes": "Gate 4711"}
    assert send(office, "words", place.uuid, seen=0, **words).status_code == 302

    job = JobFactory(picking__destination__street="12 OAK ST.")
    follow_places()
    job.refresh_from_db()
    assert (job.place, job.place.notes) == (place, "Gate 4711")
    assert (job.place.most_width, job.place.most_height) == (Decimal("2.5"), None)
    assert job.order.name in page(office, place)


@pytest.mark.parametrize("what", ["pin", "words"])
def test_who_comes_second_sees_what_the_first_has_saved(office, place, what):
    send(office, "words", place.uuid, seen=0, notes="A dog")

    answer = send(office, what, place.uuid, seen=0, notes="No dog", latitude=38, longitude=-82)

    assert answer.status_code == 422
    assert "Somebody else has changed this place" in answer.content.decode()
    place.refresh_from_db()
    assert (place.notes, place.state, place.edits) == ("A dog", "TO_FIND", 1)


@pytest.mark.parametrize("limit", ["-1", "0", "101", "1.234"])
def test_a_limit_that_no_truck_has_is_refused(office, place, limit):
    answer = send(office, "words", place.uuid, seen=0, most_width=limit)
    assert answer.status_code == 422
    assert Place.objects.get().most_width is None


def test_a_picture_is_kept_upright_and_without_where_it_was_taken(office, place, media):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"  # turned by a quarter; who made the camera
    answer = send(office, "picture-add", place.uuid, picture=picture(exif=exif), caption="The gate")
    assert answer.status_code == 302

    photo = PlacePhoto.objects.get()
    shown = office.get(reverse("scheduling:place-picture", args=[photo.uuid]))
    with Image.open(io.BytesIO(shown.content)) as drawn:
        assert (drawn.size, dict(drawn.getexif())) == ((20, 40), {})
    assert "The gate" in page(office, place)
    assert str(photo) == f"picture {photo.uuid}"


def test_the_same_picture_twice_is_one_and_a_removed_one_is_gone(
    office, place, media, django_capture_on_commit_callbacks
):
    for _time in range(2):
        send(office, "picture-add", place.uuid, picture=picture())
    photo = PlacePhoto.objects.get()
    assert len(list((media / "places").iterdir())) == 1

    with django_capture_on_commit_callbacks(execute=True):
        send(office, "picture-remove", photo.uuid)
    assert not PlacePhoto.objects.exists()
    assert not list((media / "places").iterdir())


def test_what_is_no_picture_is_refused(office, place, monkeypatch):
    bad = SimpleUploadedFile("gate.jpg", b"<svg>", "image/jpeg")
    assert b"no PNG" in send(office, "picture-add", place.uuid, picture=bad).content
    assert b"This field is required" in send(office, "picture-add", place.uuid).content
    monkeypatch.setattr(change_place, "MOST_BYTES", 10)
    assert b"larger than" in send(office, "picture-add", place.uuid, picture=picture()).content
    assert not PlacePhoto.objects.exists()


def test_a_place_has_so_many_pictures_at_most(office, place, monkeypatch):
    monkeypatch.setattr(change_place, "MOST_PHOTOS", 1)
    send(office, "picture-add", place.uuid, picture=picture())
    answer = send(office, "picture-add", place.uuid, picture=picture("blue"))
    assert (answer.status_code, PlacePhoto.objects.count()) == (422, 1)
    assert b"at most 1 pictures" in answer.content


def test_a_driver_sees_the_pictures_of_their_own_runs_alone(office, signed_in, place):
    send(office, "picture-add", place.uuid, picture=picture())
    address = reverse("scheduling:place-picture", args=[PlacePhoto.objects.get().uuid])
    driver = signed_in(Role.DRIVER)
    assert driver.get(address).status_code == 404

    run = RunFactory(driver=DriverFactory(user=driver.user))
    StopFactory(run=run, job=JobFactory(place=place))
    StopFactory(run=run, job=JobFactory(place=place), position=1)
    assert driver.get(address).status_code == 200


def test_the_list_shows_what_needs_a_pin_or_what_is_searched_for(office, place):
    assert "has its point on the map" in office.get("/places/").content.decode()
    Place.objects.update(state="NOT_FOUND")
    assert ADDRESS not in office.get("/places/").content.decode(), "nobody waits for it"
    JobFactory(place=place)
    listed = office.get("/places/").content.decode()
    assert ADDRESS in listed
    assert "1 delivery waits" in listed

    assert ADDRESS in office.get("/places/?q=ashland+oak").content.decode()
    assert "No address has all" in office.get("/places/?q=elm").content.decode()


def test_who_may_not_change_reads(signed_in, office, place):
    director = signed_in(Role.DIRECTOR)
    assert "Nobody has written" in page(director, place)
    send(office, "words", place.uuid, seen=0, drop_spot="Left", most_height="3.9", notes="A dog")
    shown = page(director, place)
    assert "3.9 m" in shown
    assert "Save" not in shown.split("</main>")[0]


@pytest.mark.parametrize(
    ("state", "words"),
    [("NOT_FOUND", "no service knows this address"), ("TO_FIND", "being looked for")],
)
def test_the_page_says_how_far_the_search_is(office, place, state, words):
    Place.objects.update(state=state)
    assert words in page(office, place)


def test_a_place_that_is_not_there_is_not_there(office, place):
    missing = "00000000-0000-0000-0000-000000000001"
    for what in ("pin", "words", "picture-add", "picture-remove"):
        assert send(office, what, missing).status_code == 404


def test_places_say_where_they_are():
    assert str(Place(address="2 Main St")) == "2 Main St"
