"""The search of the inbox: in what it looks, and how it reads the words."""

import pytest

from crm_intake.models import Call, Conversation, Message, Note, OutgoingText, Person
from crm_intake.models.searched import SEARCHED_OF_A_TRANSCRIPT
from crm_intake.selectors.found_words import people_who_said
from crm_intake.tests.talk import ANN, NOON, delivery

pytestmark = pytest.mark.django_db

SAID = "Two cords of seasoned maple for Will"


@pytest.fixture
def bob():
    one = Person.objects.create(name="Bob")
    Conversation.objects.create(person=one, last_at=NOON)
    return one


def say(sort, person, user=None, words=SAID):
    """Keep the words as said in one of the ways in which something is."""
    told = {"provider": "quo", "event_key": words[:9], "delivery": delivery(), "occurred_at": NOON}
    match sort:
        case "their text":
            Message.objects.create(**told, person=person, sender=ANN, text=words)
        case "our text":
            OutgoingText.objects.create(number=ANN, person=person, text=words, state="SENT")
        case "note":
            Note.objects.create(person=person, text=words, written_by=user)
        case _:
            Call.objects.create(**told, person=person, **{sort: words})


@pytest.mark.parametrize(
    "sort", ["their text", "our text", "note", "voicemail_text", "summary", "transcript"]
)
def test_whatever_was_said_is_found(office, bob, sort):
    say(sort, bob, office.user)

    assert "Bob" in office.get("/inbox/", {"q": "seasoned maple"}).text
    assert "Bob" not in office.get("/inbox/", {"q": "seasoned pine"}).text


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("cord", True),  # by its stem, and by its beginning
        ("cord seasoned", True),
        ("season of a cord", True),
        ("map", True),
        ("seasoned ma", False),  # two letters begin too much
        ("two map", True),
        ("map two", False),  # the last word alone may be begun
        ("will", True),  # English leaves it out; it is a name as well
        ('"cords of seasoned"', True),
        ('"seasoned cords"', False),
        ('"seasoned map', True),
        ("pine or map", True),
        ("map or pine", False),
        ("cords -maple", False),
        ("cords -pine", True),
        ("o'map:*", False),
        ("''' \\ & | !", False),
        ("-", False),
    ],
)
def test_words_are_found_by_their_stem_and_the_last_by_its_beginning(bob, words, is_found):
    say("their text", bob)

    assert people_who_said(words) == ({bob.pk} if is_found else set())


def test_who_is_nobody_is_not_found():
    say("their text", None)

    assert people_who_said("maple") == set()


def test_the_longest_call_is_kept_and_found_by_its_beginning(bob):
    many = " ".join(f"w{number:x}ord" for number in range(200_000))
    say("transcript", bob, words=f"maple {many} oaken")

    assert len(many) > 10 * SEARCHED_OF_A_TRANSCRIPT
    assert people_who_said("maple") == {bob.pk}
    assert people_who_said("oaken") == set()


@pytest.mark.parametrize("number", [1, 20])
def test_a_search_takes_the_same_queries_however_much_was_said(
    bob, office, django_assert_num_queries, number
):
    for sort in ["their text", "our text", "note", "summary"]:
        for one in range(number):
            say(sort, bob, office.user, words=f"{one} {SAID}")
    with django_assert_num_queries(1):
        assert people_who_said("cords") == {bob.pk}
