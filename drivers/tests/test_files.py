"""Pictures and signatures: kept byte for byte, and attached in Odoo once."""

import io
import uuid

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from drivers.models import ProofOfDelivery, StopAction
from drivers.tests.phone import Phone, phone_of
from drivers.tests.pictures import a_picture, named, put
from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.testing.yard import DriverFactory, PickupFactory, StopFactory
from scheduling.models import Job
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def stop():
    return StopFactory()


@pytest.fixture
def phone(stop):
    return phone_of(stop)


@pytest.mark.parametrize(
    ("what", "kind", "mimetype", "name"),
    [
        ("PHOTO", "JPEG", "image/jpeg", "Photo"),
        ("SIGNED", "PNG", "image/png", "Signed"),
    ],
)
def test_a_picture_is_kept_as_it_came_and_promised_to_odoo_once(
    phone, stop, what, kind, mimetype, name
):
    content = a_picture(kind)
    act = phone.act(what, stop, **named(content), signer="A. Whitfield")
    assert phone.send(act) == [("APPLIED", "")]

    assert [put(phone, act, content).status_code for _twice in range(2)] == [204, 204]

    proof = ProofOfDelivery.objects.get()
    with default_storage.open(proof.file.name) as kept:
        assert kept.read() == content
    assert (proof.mimetype, str(proof)) == (mimetype, f"proof {proof.uuid}")
    entry = OutboxEntry.objects.get()
    assert (entry.command, entry.payload["file_uuid"]) == ("AttachFile", str(proof.uuid))
    assert entry.payload["transfer_uuid"] == str(stop.job.picking.uuid)
    assert entry.payload["filename"].startswith(f"{stop.job.order.name} {name} 20")
    shown = phone.client.get(reverse("drivers:proof", args=[proof.uuid]))
    assert (shown.content, shown["Content-Type"]) == (content, mimetype)


def test_a_picture_of_a_check_is_kept_and_shows_nobody_in_odoo_an_account(phone, stop):
    content = a_picture()
    act = phone.act("CHECK", stop, **named(content))
    phone.send(act)

    assert put(phone, act, content).status_code == 204
    assert ProofOfDelivery.objects.get().action.what == "CHECK"
    assert not OutboxEntry.objects.exists()


MADE_BY = Image.Exif()
MADE_BY[271] = "Somebody's camera"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 not a picture", "no PNG, JPEG or WebP"),
        (a_picture()[:-400], "no PNG, JPEG or WebP"),
        (a_picture() + b"<script>", "carries more than itself"),
        (a_picture(exif=MADE_BY), "carries more than itself"),
        (a_picture("WEBP"), "no PNG, JPEG or WebP"),
    ],
)
def test_what_is_no_clean_picture_is_refused(phone, stop, content, words):
    act = phone.act("PHOTO", stop, **named(content))
    phone.send(act)

    answer = put(phone, act, content)

    assert (answer.status_code, words in answer.json()["error"]) == (422, True)
    assert not ProofOfDelivery.objects.exists()


def test_a_picture_that_is_too_wide_is_refused(phone, stop):
    drawn = io.BytesIO()
    Image.new("L", (5000, 10)).save(drawn, "PNG")
    act = phone.act("PHOTO", stop, **named(drawn.getvalue()))
    phone.send(act)

    assert "wider or higher than 4096" in put(phone, act, drawn.getvalue()).json()["error"]


def test_other_bytes_than_the_act_named_are_refused(phone, stop):
    content, other = a_picture(), a_picture()
    act = phone.act("PHOTO", stop, **named(content))
    phone.send(act)

    answer = put(phone, act, other)

    assert (answer.status_code, "not the picture" in answer.json()["error"]) == (422, True)
    assert put(phone, act, content).status_code == 204


def test_forty_megabytes_are_refused_before_they_are_read(phone, stop):
    act = phone.act("PHOTO", stop, **named(a_picture()))
    phone.send(act)

    answer = put(phone, act, b"x", **{"Content-Length": str(40 * 1024 * 1024)})

    assert (answer.status_code, answer.json()["error"]) == (
        413,
        "The picture is larger than 8 MB. Take another one.",
    )


def test_bytes_need_an_act_of_this_driver_that_counts(phone, stop):
    content = a_picture()
    act, note = phone.act("PHOTO", stop, **named(content)), phone.act("NOTED", stop, text="x")
    refused = phone.act("PHOTO", stop, sha256="no", size=3)
    assert put(phone, act, content).status_code == 404
    phone.send(act, note, refused)

    assert put(phone, note, content).status_code == 404
    assert put(phone, refused, content).status_code == 404
    assert put(Phone(DriverFactory().user), act, content).status_code == 404
    assert phone.client.get(reverse("drivers:file", args=[act["id"]])).status_code == 405


def test_a_picture_of_a_stop_that_the_office_took_away_is_kept_here(phone, stop, person):
    content = a_picture()
    act = phone.act("PHOTO", stop, **named(content))
    unplan_job(job_id=stop.job_id, seen=0, by=person(Role.OFFICE))
    assert phone.send(act)[0][0] == "KEPT"

    assert put(phone, act, content).status_code == 204

    assert not OutboxEntry.objects.filter(command="AttachFile").exists()
    assert StopAction.objects.get().proof


def test_a_picture_of_a_pickup_stays_here():
    """A return has no order to attach it to."""
    stop, content = StopFactory(job=PickupFactory(state=Job.State.SCHEDULED)), a_picture()
    phone = phone_of(stop)
    act = phone.act("PHOTO", stop, **named(content))
    phone.send(act)

    assert put(phone, act, content).status_code == 204
    assert not OutboxEntry.objects.exists()


def test_the_office_sees_proofs_and_another_driver_does_not(phone, stop, person, client):
    content = a_picture()
    act = phone.act("PHOTO", stop, **named(content))
    phone.send(act)
    put(phone, act, content)
    where = reverse("drivers:proof", args=[ProofOfDelivery.objects.get().uuid])

    client.force_login(person(Role.OFFICE))
    assert client.get(where).content == content
    assert Phone(DriverFactory().user).client.get(where).status_code == 404
    assert client.get(reverse("drivers:proof", args=[uuid.uuid4()])).status_code == 404
