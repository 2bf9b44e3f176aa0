"""One person with several numbers: two that become one, and a stop that holds for all."""

import threading
import time
import uuid

import pytest
from django.db import connection, transaction

from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.models import (
    Conversation,
    FormerPerson,
    LedgerEvent,
    Note,
    OutgoingText,
    Person,
    PhoneNumber,
    StopMark,
)
from crm_intake.selectors.consent import standing_of, standings_of
from crm_intake.services.deliver_text import no_stop_meanwhile
from crm_intake.services.join_people import join_number
from crm_intake.services.note_talk import note_talk
from crm_intake.services.person_of import person_of
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.services.send_text import send_text
from crm_intake.tasks import send_texts
from crm_intake.tests.sending import fresh, send
from crm_intake.tests.talk import ANN, HTMX, NOON, delivery, page_of, post
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db
BEA = "+16065550199"
REPLY, DELIVERY, MARKETING = Purpose.REPLY, Purpose.DELIVERY, Purpose.MARKETING


def say(number, kind, purpose=None):
    evidence = Evidence(wording="said")
    record_consent(
        number=number, kind=kind, purpose=purpose, source="staff", action="x", evidence=evidence
    )


@pytest.fixture
def both(ann, office):
    """Return Ann, who has two numbers."""
    note_talk(person_of(BEA), "Hello from work", ours=False)
    post(office, "number", ann, number="(606) 555-0199")
    return ann


def test_two_people_become_one_with_all_that_was_said(office, ann, told):
    bea = person_of(BEA)
    Person.objects.filter(pk=bea.pk).update(name="Ann Miller")
    note_talk(bea, "Hello from work", ours=False)
    Conversation.objects.update(state="DONE")
    Note.objects.create(person=bea, text="She works at the mill.", written_by=office.user)
    OutgoingText.objects.create(number=BEA, person=bea, text="Yes.", purpose="REPLY")
    unread = sum(Conversation.objects.values_list("unread", flat=True))

    answer = post(office, "number", ann, number="(606) 555-0199")

    assert answer.status_code == 200
    for words in ("Ann Miller", "She works at the mill.", "Yes.", "+1 606-555-0199"):
        assert words in answer.text
    assert Person.objects.get() == ann
    talk = Conversation.objects.get()
    assert (talk.last_words, talk.unread) == ("Hello from work", unread)
    assert set(PhoneNumber.objects.values_list("person", flat=True)) == {ann.pk}
    assert AuditRow.objects.get(what="number added").new == {"joined": str(bea.uuid)}
    assert office.get(page_of(bea)).url == page_of(ann)
    assert str(FormerPerson.objects.get()) == f"former person {bea.uuid}"


@pytest.mark.parametrize("who", ["ann", "bea", "nobody"])
def test_the_talk_that_is_there_stays(office, ann, who):
    bea = person_of(BEA)
    if who != "ann":
        note_talk(bea, "Hello", ours=False)
    if who == "bea":
        Conversation.objects.filter(person=ann).delete()
    Conversation.objects.filter(person=ann).update(last_at="2027-01-01T12:00Z", state="OPEN")
    join_number(person_id=ann.pk, number=BEA, by=office.user)
    assert Conversation.objects.get().person == ann


def test_a_number_that_nobody_had_is_theirs(office, ann):
    post(office, "number", ann, number="606-555-0199")
    assert ann.numbers.count() == 2


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("oak", "This is no telephone number."),
        (ANN, "They have this number already,"),
        ("", "This field is required."),
    ],
)
def test_what_is_no_number_or_theirs_already_is_refused(office, ann, number, why):
    answer = post(office, "number", ann, number=number)
    assert answer.status_code == 422
    assert why in answer.text


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("SPAM", "NONE", "NONE"),
        ("SPAM", "CLEARED", "CLEARED"),
        ("SPAM", "SUSPECTED", "SUSPECTED"),
        ("NONE", "NONE", "NONE"),
    ],
)
def test_the_kinder_suspicion_holds_for_both(office, ann, one, other, both):
    Person.objects.filter(pk=ann.pk).update(suspicion=one)
    Person.objects.filter(pk=person_of(BEA).pk).update(suspicion=other)
    join_number(person_id=ann.pk, number=BEA, by=office.user)
    assert Person.objects.get().suspicion == both


@pytest.mark.django_db(transaction=True)
def test_a_text_to_who_is_just_being_joined_goes_to_both_as_one(office, ann):
    bea, begun = person_of(BEA), threading.Event()

    def write():
        begun.set()
        try:
            send_text(number=BEA, text="Yes.", purpose=REPLY, by=None)
        finally:
            connection.close()

    with transaction.atomic():
        join_number(person_id=ann.pk, number=BEA, by=office.user)
        writer = threading.Thread(target=write)
        writer.start()
        begun.wait()
        time.sleep(0.5)  # it waits for the person who is about to go
    writer.join()

    assert not Person.objects.filter(pk=bea.pk).exists()
    assert OutgoingText.objects.get().person == ann


@pytest.mark.django_db(transaction=True)
def test_who_is_being_texted_is_joined_when_the_first_bytes_have_gone_out(
    office, ann, noon, customer
):
    text, joined = send(), threading.Event()

    def join():
        try:
            join_number(person_id=ann.pk, number=BEA, by=office.user)
            joined.set()
        finally:
            connection.close()

    joiner = threading.Thread(target=join)
    with no_stop_meanwhile(text):
        joiner.start()
        assert not joined.wait(0.5), "a stop from there would be answered before the first byte"
    joiner.join()
    assert joined.is_set()


def test_somebody_is_named(office, ann):
    url = f"{page_of(ann)}name/"
    assert "Ann Miller" in office.post(url, {"name": "Ann Miller"}, headers=HTMX).text
    assert Person.objects.get().name == "Ann Miller"
    assert office.post(url, {"name": "x" * 201}, headers=HTMX).status_code == 422
    assert AuditRow.objects.filter(what="person named").exists()


def test_a_stop_from_one_number_holds_for_all(both):
    say(ANN, Kind.REVOKED)
    for number in (ANN, BEA):
        refused = {purpose for purpose in (REPLY, DELIVERY) if standing_of(number).refuses(purpose)}
        assert refused == {REPLY, DELIVERY}, number
    assert set(standings_of([BEA])) == {BEA}


def test_a_stop_that_is_not_in_the_ledger_yet_holds_for_all(both):
    StopMark.objects.create(number=ANN, delivery=delivery(), marked_at=NOON)
    assert standing_of(BEA).refuses(REPLY)


def test_it_ends_where_it_is_taken_back_or_allowed_from_the_other(both):
    say(ANN, Kind.REVOKED)
    say(BEA, Kind.RESTART_ASKED)
    assert standing_of(ANN).refuses(REPLY)
    assert not standing_of(BEA).refuses(REPLY)
    assert MARKETING in standing_of(BEA).by_another

    say(ANN, Kind.REVOKED)
    assert standing_of(BEA).refuses(REPLY)
    say(ANN, Kind.RESTART_ASKED)
    assert not standing_of(BEA).refuses(REPLY)


def test_an_old_yes_does_not_outlive_a_later_stop_from_elsewhere(both):
    say(BEA, Kind.GRANTED, MARKETING)
    assert not standing_of(BEA).refuses(MARKETING)
    say(ANN, Kind.REVOKED)
    assert standing_of(BEA).refuses(MARKETING)
    say(BEA, Kind.GRANTED, MARKETING)
    assert not standing_of(BEA).refuses(MARKETING)


def test_a_text_that_waited_is_refused_when_they_become_one(
    office, ann, provider, customer, noon, told
):
    text = send(number=BEA, purpose=REPLY)
    OutgoingText.objects.filter(pk=text.pk).update(state="QUEUED", rule="", not_before=None)
    say(ANN, Kind.REVOKED)
    post(office, "number", ann, number=BEA)

    send_texts()

    assert (fresh(text).state, text.rule, provider.kept) == ("REFUSED", "person_said_stop", [])


def test_a_stop_outlives_the_erasing_of_whose_it_was(both, admin):
    say(ANN, Kind.REVOKED)
    admin.post(f"{page_of(both)}erase/", {"why": "By letter."})

    assert not Person.objects.exists()
    assert standing_of(BEA).refuses(REPLY)
    kinds = list(LedgerEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds.count("REVOKED") == 5  # Ann's own, and the four purposes at her other number


def test_who_is_joined_meanwhile_is_not_joined_twice(both, office):
    with pytest.raises(Exception, match="They have this number already"):
        join_number(person_id=both.pk, number=BEA, by=office.user)
    assert office.get(f"/people/{uuid.uuid4()}/").status_code == 404
