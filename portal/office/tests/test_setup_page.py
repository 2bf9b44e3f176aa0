"""The set-up page, as an administrator uses it."""

import pytest
from django.core import mail
from django.utils import timezone

from crm_intake.models import WebhookDelivery
from odoo_bridge.breaker import note_answer
from portal.accounts.models import Role, User
from portal.office.selectors.first_run import first_run_steps
from portal.setup.selectors.profile import business_profile
from portal.setup.tests.test_profile import picture
from portal.testing.yard import TruckFactory

PROFILE = {
    "name": "Ridge & Sons",
    "country": "us",
    "phones": "(606) 555-0123, 606 555 0199",
    "accent": "#1c6b47",
    "time_zone": "America/Chicago",
    "currency": "USD",
}


def test_the_business_is_saved_and_shown_on_every_page(admin):
    answer = admin.post("/setup/profile", PROFILE, follow=True)

    assert "The business profile is saved." in answer.text
    profile = business_profile()
    assert (profile.name, profile.country) == ("Ridge & Sons", "US")
    assert profile.phones == ["+16065550123", "+16065550199"]
    assert "Ridge &amp; Sons" in admin.get("/").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"phones": "call us"}, "call us is no telephone number"),
        ({"accent": "green"}, "Enter a valid value."),
        ({"accent": "#ffee00"}, "Choose a darker colour"),
        ({"time_zone": "Mars/Olympus"}, "is not one of the available choices"),
        ({"time_zone": "Factory"}, "is not one of the available choices"),
        ({"country": "ZZ"}, "ZZ is no country."),
        ({"currency": "$"}, "Enter a valid value."),
    ],
)
def test_a_bad_value_is_named_beside_its_field_and_nothing_is_saved(admin, change, words):
    answer = admin.post("/setup/profile", {**PROFILE, **change})

    assert answer.status_code == 422
    assert words in answer.text
    assert business_profile().name == "Yardmaster"


def test_times_are_shown_by_the_business_s_clock(admin, time_machine):
    time_machine.move_to("2026-11-21T03:30:00Z")  # still Friday evening in Kentucky

    assert "Friday, 20 November" in admin.get("/").text


def test_an_invitation_is_sent_and_the_person_listed(admin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(
            "/setup/people",
            {"name": "Ann", "email": "ann@yard.test", "role": "DRIVER"},
            follow=True,
        )

    assert "An invitation is on its way to ann@yard.test." in answer.text
    assert mail.outbox[0].to == ["ann@yard.test"]
    assert User.objects.get(email="ann@yard.test").role == Role.DRIVER


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("ann", "Enter a valid email address."),
        ("", "This field is required."),
        (f"{'a' * 250}@b.example", "at most 254 characters"),
    ],
)
def test_an_invitation_without_an_address_is_refused(admin, email, words):
    answer = admin.post("/setup/people", {"name": "Ann", "email": email, "role": "DRIVER"})

    assert answer.status_code == 422
    assert words in answer.text
    assert User.objects.count() == 1


def test_somebody_who_is_there_already_is_not_invited_again(admin):
    answer = admin.post(
        "/setup/people", {"name": "Me", "email": admin.user.email.upper(), "role": "DRIVER"}
    )

    assert answer.status_code == 422
    assert "in the list already" in answer.text


def test_a_person_is_changed_on_a_page_of_their_own(admin, person):
    ann = person(Role.OFFICE, name="Ann")
    assert 'value="Ann"' in admin.get(f"/setup/people/{ann.pk}").text

    answer = admin.post(
        f"/setup/people/{ann.pk}",
        {"name": "Ann", "role": "DIRECTOR", "odoo_user_id": "7", "is_active": "on"},
        follow=True,
    )

    assert "Ann is saved." in answer.text
    ann.refresh_from_db()
    assert (ann.role, ann.odoo_user_id, ann.is_active) == (Role.DIRECTOR, 7, True)


def test_a_refusal_stands_in_the_person_s_form(admin):
    answer = admin.post(f"/setup/people/{admin.user.pk}", {"name": "Boss", "role": "OFFICE"})

    assert answer.status_code == 422
    assert "This is the only administrator." in answer.text


def test_a_number_that_odoo_cannot_have_is_refused(admin, person):
    ann = person(Role.OFFICE)
    data = {"name": "Ann", "role": "OFFICE", "odoo_user_id": "99999999999999"}

    answer = admin.post(f"/setup/people/{ann.pk}", data)

    assert answer.status_code == 422
    assert "Ensure this value is less than or equal to 2147483647." in answer.text


def test_a_fresh_link_can_be_mailed(admin, person, django_capture_on_commit_callbacks):
    ann = person(Role.OFFICE)
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(f"/setup/people/{ann.pk}/invitation", follow=True)

    assert f"A fresh link is on its way to {ann.email}." in answer.text
    assert "/password/reset/key/" in mail.outbox[0].body


def test_a_logo_is_sent_shown_and_taken_away(admin, client):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - once

    saved = admin.post("/setup/logo", {"logo": SimpleUploadedFile("l.png", picture())}, follow=True)
    shown = client.get("/brand/logo.png")
    gone = admin.post("/setup/logo", {"remove": "1"}, follow=True)

    assert "The logo is saved." in saved.text
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    assert "The logo is gone." in gone.text
    assert client.get("/brand/logo.png").status_code == 404
    assert business_profile().logo_version == ""


def test_saving_no_logo_asks_for_one(admin):
    assert "Choose a picture first." in admin.post("/setup/logo", follow=True).text


def test_the_colour_is_a_style_sheet_that_browsers_keep(admin, client):
    admin.post("/setup/profile", {**PROFILE, "accent": "#123456"})

    answer = client.get("/brand/theme.css")

    assert "--accent: #123456" in answer.text
    assert answer.headers["Content-Type"] == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]


def states():
    return {step.name: step.done for step in first_run_steps()}


def test_the_first_run_list_says_what_is_missing(admin, settings, person):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert set(states().items()) == {
        (name, False) for name in ("Business", "Odoo", "Quo", "Mail", "Trucks", "Drivers")
    }

    admin.post("/setup/profile", {**PROFILE, "phones": ""})
    assert not states()["Business"]
    admin.post("/setup/profile", PROFILE)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    driver = person(Role.DRIVER)
    truck = TruckFactory(most_weight=0, most_volume=0)
    assert (states()["Drivers"], states()["Trucks"]) == (False, False)
    driver.odoo_employee_id, truck.most_weight = 7, 5000
    driver.save()
    truck.save()

    settings.ODOO_URL, settings.ODOO_API_KEY = "http://odoo.test", "key"
    note_answer(timezone.now())

    settings.QUO_WEBHOOK_KEY = ["whsec_eA=="]
    WebhookDelivery.objects.create(
        provider="quo", delivery_id="1", body=b"", received_at=timezone.now()
    )

    assert all(states().values())
    assert "Not connected yet" not in admin.get("/").text


def test_an_odoo_without_a_key_says_what_to_run(db, settings):
    settings.ODOO_URL = "http://odoo.test"

    odoo = next(step for step in first_run_steps() if step.name == "Odoo")

    assert (odoo.done, odoo.advice) == (False, "Run manage.py odoo_provision.")


def test_only_an_administrator_is_told_what_is_not_connected(signed_in):
    assert "Not connected yet" in signed_in(Role.ADMIN).get("/").text
    assert "Not connected yet" not in signed_in(Role.OFFICE).get("/").text


@pytest.mark.parametrize("number_of_people", [1, 20])
def test_the_page_takes_the_same_queries_however_many_people(
    admin, person, django_assert_num_queries, number_of_people
):
    for _ in range(number_of_people):
        person(Role.OFFICE)

    # session, user, position; profile, Quo (2) and drivers of the steps; the form, people, frame,
    # what waits on the sync desk, and whether the data is a sample; who is told of troubles (2)
    with django_assert_num_queries(17):
        admin.get("/setup/")
