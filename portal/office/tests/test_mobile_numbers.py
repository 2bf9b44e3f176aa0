"""The numbers of the people: as they are written, once each, and who changed them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from crm_intake.models import OutgoingText
from crm_intake.services.send_code import send_code
from portal.accounts.models import Role, User
from portal.audit.models import AuditRow
from portal.office.tests.test_sign_in_by_code import NUMBER
from portal.setup.selectors.profile import business_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def dale(person):
    return person(Role.DRIVER, name="Dale")


def page_of(person):
    return reverse("office:person-change", args=[person.pk])


def change(admin, person, phone):
    about = {"name": person.name, "role": person.role, "is_active": "on", "phone": phone}
    return admin.post(page_of(person), about)


def test_a_number_is_kept_as_e164_shown_as_people_write_it_and_audited(admin, dale):
    assert "Enter a mobile number" in admin.get(page_of(dale)).text
    assert change(admin, dale, "(304) 555-0188").status_code == 302

    assert User.objects.get(pk=dale.pk).phone == NUMBER
    row = AuditRow.objects.get()
    assert (row.what, row.old, row.new) == ("person changed", {"phone": ""}, {"phone": NUMBER})
    page = admin.get(page_of(dale))
    assert 'value="+1 304-555-0188"' in page.text
    assert "None was asked for yet." in page.text


def test_it_is_read_by_the_business_s_country(admin, dale):
    profile = business_profile()
    profile.country = "GB"
    profile.save()
    change(admin, dale, "07400 123456")

    assert User.objects.get(pk=dale.pk).phone == "+447400123456"


@pytest.mark.parametrize("phone", ["555", "Dale's", "+1"])
def test_what_is_no_number_is_said_at_its_field(admin, dale, phone):
    answer = change(admin, dale, phone)

    assert answer.status_code == 422
    assert answer.context["form"].errors["phone"] == [
        "This is no telephone number. Write it with its area code."
    ]


def test_a_number_is_one_person_s(admin, dale, person):
    other = person(Role.DRIVER, phone=NUMBER, is_active=False)
    answer = change(admin, dale, NUMBER)
    assert answer.status_code == 422
    assert answer.context["form"].errors["phone"] == [
        "Somebody else has this mobile number. Change that person first."
    ]

    assert change(admin, other, "").status_code == 302
    assert change(admin, dale, NUMBER).status_code == 302
    assert change(admin, dale, NUMBER).status_code == 302  # it is Dale's own


@pytest.mark.parametrize("phone", [NUMBER, "3045550188"])
def test_the_database_keeps_it_so(dale, person, phone):
    person(Role.DRIVER, phone=NUMBER)

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=dale.pk).update(phone=phone)


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"state": "SENT"}, "● Sent"),
        ({"state": "FAILED", "failure": "30003"}, "✕ Failed"),
        ({"state": "QUEUED"}, "○ Waiting"),
    ],
)
def test_the_office_sees_what_became_of_the_last_code(admin, dale, values, shown):
    User.objects.filter(pk=dale.pk).update(phone=NUMBER)
    code = send_code(number=NUMBER, code="246135", good_for=dt.timedelta(minutes=10))
    OutgoingText.objects.filter(pk=code.pk).update(secret="", **values)

    page = admin.get(page_of(dale)).text
    assert shown in " ".join(page.split())
    assert "246135" not in page
