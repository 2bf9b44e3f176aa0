"""All that was said with one person: nothing is cut short, and answers go where it came from."""

import html
import re

import pytest

from crm_intake.events import Fate
from crm_intake.models import Call, Message, Note, OutgoingText
from crm_intake.selectors.thread import MOST
from crm_intake.services.join_people import join_number
from crm_intake.tests.talk import ANN, NOON, delivery, page_of, post, text_out
from portal.testing.mirrors import PartnerFactory

pytestmark = pytest.mark.django_db
BEA = "+16065550199"


@pytest.fixture
def both(office, ann):
    """Return Ann, a customer who also has Bea's number; she was heard from her own alone."""
    for number in (ANN, BEA):
        PartnerFactory(phone=number)
    join_number(person_id=ann.pk, number=BEA, by=office.user)
    return ann


def chosen(page):
    return re.search(r'<option value="([^"]+)" selected', page)


def test_an_answer_goes_to_the_number_from_which_they_were_heard_last(office, both):
    assert chosen(office.get(page_of(both)).text)[1] == ANN
    said = Message.objects.get()
    said.pk, said.event_key, said.sender = None, "message:later", BEA
    said.occurred_at = Call.objects.get().occurred_at.replace(year=2027)
    said.save()

    page = office.get(page_of(both)).text

    assert chosen(page)[1] == BEA
    assert page.count("· +1 606-555-0199") == 1
    assert page.count("· +1 606-555-0123") == 2


def test_where_there_is_one_number_none_is_named_or_chosen(office, ann):
    page = office.get(page_of(ann)).text

    assert "· +1 606-555-0123" not in page
    assert f'<input type="hidden" name="number" value="{ANN}"' in page
    assert post(office, "reply", ann, number=ANN, text="Yes.").status_code == 200


def test_who_was_never_heard_is_answered_at_the_first_number(office, both):
    for kind in (Message, Call):
        kind.objects.update(person=None)

    assert chosen(office.get(page_of(both)).text) is None


def test_the_longest_text_and_note_are_shown_whole(office, ann):
    Message.objects.update(text="oak " * 399 + "END1")
    post(office, "note", ann, text="oak " * 499 + "END2")

    page = office.get(page_of(ann)).text

    assert "END1" in page
    assert "END2" in page


def test_a_call_is_shown_word_for_word(office, ann):
    Call.objects.create(
        provider="quo",
        event_key="call:taken",
        delivery=delivery(),
        person=ann,
        caller=ANN,
        seconds=65,
        occurred_at=Call.objects.get().occurred_at,
        transcript="Ann: Two cords.\nOffice: On Thursday.",
    )

    assert "Ann: Two cords.<br>Office: On Thursday." in office.get(page_of(ann)).text


def all_at_once(ann, office):
    """Let everything be said in one moment: more than two pages of it."""
    for one in range(MOST):
        text_out(ann, key=f"AD{one}", fate=Fate.SENT, code="")
        Call.objects.create(
            provider="quo",
            event_key=f"c{one}",
            delivery=delivery(),
            person=ann,
            occurred_at=NOON,
        )
    OutgoingText.objects.create(number=ANN, person=ann, text="Soon.", purpose="REPLY")
    Note.objects.create(person=ann, text="A note.", written_by=office.user)
    Message.objects.update(occurred_at=NOON)
    Call.objects.update(occurred_at=NOON)
    OutgoingText.objects.update(created_at=NOON)
    Note.objects.update(written_at=NOON)


def test_what_was_said_in_one_moment_stands_on_one_page_each(office, ann):
    all_at_once(ann, office)
    url, seen = page_of(ann), []

    for _page in range(3):
        page = office.get(url).text
        entries = re.findall(r'id="entry-([^"]+)"', page)
        seen = entries + seen
        earlier = re.search(r'href="([^"]+)">What was said before', page)
        if earlier:
            url = page_of(ann) + html.unescape(earlier[1])

    kinds = [one.partition("-")[0] for one in seen]
    assert len(seen) == len(set(seen)) == 2 * MOST + 4
    assert kinds == sorted(kinds)
    assert earlier is None


@pytest.mark.parametrize("key", ["", "call", "call-x", "call-", "-7", f"call-{10**30}", "odd-1"])
def test_a_place_that_is_none_is_no_trouble(office, ann, key):
    answer = office.get(page_of(ann), {"before": NOON.isoformat(), "key": key})
    assert answer.status_code == 200
