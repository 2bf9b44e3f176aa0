"""What may be sent stands on the page before anybody writes it, as the gate will say."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from crm_intake.ledger.kinds import Purpose
from crm_intake.models import Call, Message, OutgoingText, Person, PhoneNumber
from crm_intake.selectors.people import person_shown
from crm_intake.tests.talk import ANN, page_of, post
from portal.testing.mirrors import PartnerFactory

pytestmark = pytest.mark.django_db
BEA, ABROAD = "+16065550199", "+4930901820"
GERMAN_MOBILE = "+4915112345678"


def rules_of(person):
    """Return what is refused of each number, by purpose, in words."""
    shown = person_shown(person).numbers
    return {one.number: {key: str(why) for key, why in one.refused.items()} for one in shown}


def long_ago():
    moment = timezone.now() - dt.timedelta(days=91)
    for kind in (Message, Call):
        kind.objects.update(occurred_at=moment)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("landline", "it is no mobile telephone"),
        ("abroad", "The number is in another country."),
        ("landline abroad", "it is no mobile telephone"),
        ("long ago", "has agreed to nothing"),
    ],
)
def test_who_cannot_be_answered_has_no_box_to_write_in(office, ann, how, why):
    if how == "landline":
        PhoneNumber.objects.update(is_landline=True)
    if how == "abroad":
        PhoneNumber.objects.update(number=GERMAN_MOBILE)
        Message.objects.update(sender=GERMAN_MOBILE)
    if how == "landline abroad":
        PhoneNumber.objects.update(number=ABROAD)
    if how == "long ago":
        long_ago()

    page = office.get(page_of(ann)).text

    assert why in page
    assert "No answer may go to this person." in page
    assert reverse("people:reply", args=[ann.uuid]) not in page


def test_the_page_says_of_each_purpose_what_the_gate_says(office, ann):
    wanted = {Purpose.MARKETING: "Advertising needs consent in writing, and there is none."}
    assert rules_of(ann) == {ANN: wanted}

    long_ago()
    refused = rules_of(ann)[ANN]
    assert set(refused) == {Purpose.REPLY, Purpose.DELIVERY, Purpose.MARKETING}
    PartnerFactory(phone="(606) 555-0123")
    assert rules_of(ann) == {ANN: wanted}


def test_each_number_is_judged_by_itself(office, ann):
    post(office, "number", ann, number=BEA)
    assert Purpose.REPLY in rules_of(ann)[BEA]
    assert Purpose.REPLY not in rules_of(ann)[ANN]

    PartnerFactory(phone="(606) 555-0199")
    assert Purpose.REPLY not in rules_of(ann)[BEA]


def test_what_was_said_on_the_page_is_what_happens(office, ann):
    long_ago()
    said = rules_of(ann)[ANN][Purpose.REPLY]

    page = post(office, "reply", ann, number=ANN, text="Hello again.").text

    assert OutgoingText.objects.get().rule == "no_consent"
    assert said in page


def test_only_numbers_that_take_an_answer_can_be_chosen_for_one(office, ann):
    post(office, "number", ann, number=BEA)
    box = f'<input type="hidden" name="number" value="{ANN}" id="answer-number">'
    assert box in office.get(page_of(ann)).text

    PartnerFactory(phone="(606) 555-0199")
    assert box not in office.get(page_of(ann)).text


def test_who_has_no_number_cannot_be_answered():
    shown = person_shown(Person.objects.create(name="Bea"))
    assert (shown.numbers, shown.answerable) == ([], [])
