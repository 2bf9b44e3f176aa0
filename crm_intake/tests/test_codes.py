"""Codes by which somebody signs in: at once or never, and seen by nobody but the reader."""

import datetime as dt
import json
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from crm_intake.ledger.kinds import Kind
from crm_intake.models import Conversation, Message, OutgoingText, Person, WebhookDelivery
from crm_intake.selectors.thread import thread_of
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.services.send_code import send_code
from crm_intake.services.settle_text import take_back
from crm_intake.tasks import send_texts
from crm_intake.tests.sending import ANN, fresh, minutes, send
from crm_intake.wording.codes import code_hidden_in, without_code
from portal.accounts.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
CODE = "246135"
TABLES = "select table_name from information_schema.tables where table_schema = 'public'"


def code_to(code=CODE):
    return send_code(number=ANN, code=code, good_for=minutes(10))


def say(kind):
    record_consent(number=ANN, kind=kind, source="staff", action="spoken", evidence=Evidence())


def tables_with(words):
    """Return the tables of the database in which the words can be read."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [name for (name,) in cursor.fetchall()]
        found = set()
        for name in names:
            cursor.execute(
                f'select exists (select from "{name}" as row where row::text like %s)',  # noqa: S608
                [f"%{words}%"],
            )
            found |= {name} if cursor.fetchone()[0] else set()
    return found


@pytest.mark.parametrize("hour", [3, 12, 23])
def test_a_code_goes_out_at_any_hour_and_to_somebody_who_never_wrote(provider, noon, hour):
    noon.move_to(timezone.now().replace(hour=hour))
    text = code_to()
    send_texts()

    [(_key, number, words, _at)] = provider.kept
    assert (number, fresh(text).state) == (ANN, "SENT")
    assert words.startswith(f"{CODE} is your code to sign in at ")
    assert words.endswith(f"It is good for 10 minutes. Give it to nobody.\n\n@testserver #{CODE}")
    assert text.segments == 1


def test_its_digits_are_read_nowhere_here(provider, noon, caplog, signed_in):
    provider.trouble = ["lost"]
    text = code_to()
    shown = text.text
    assert (shown.count("******"), CODE in shown, CODE in text.words) == (2, False, True)
    assert tables_with(CODE) == set()

    send_texts()
    assert (fresh(text).state, text.words.count(CODE)) == ("UNKNOWN", 2)
    assert tables_with(CODE) == set()
    noon.shift(minutes(1))
    send_texts()  # it is found by its words
    assert (fresh(text).state, text.secret, text.words) == ("SENT", "", shown)

    page = signed_in(Role.OFFICE).get(f"/people/{text.person.uuid}/")
    assert "****** is your code" in page.text
    assert CODE not in page.text + caplog.text


def test_a_provider_that_tells_of_it_brings_no_digits(told):
    text = code_to()
    OutgoingText.objects.update(state="SENDING", provider="quo", handed_over_at=timezone.now())
    OutgoingText.objects.update(state="SENT", provider_id="AC-out", secret="")

    def change(body):
        body["data"]["resource"]["text"] = text.words
        return body

    told("sent_delivered_2026", change=change)

    assert fresh(text).state == "DELIVERED"
    assert Message.objects.get().text == text.text
    assert CODE not in bytes(WebhookDelivery.objects.get().body).decode()
    assert tables_with(CODE) == set()
    assert not Conversation.objects.exists()  # it is no talk that somebody would look at
    assert len(thread_of(Person.objects.get())[0]) == 1


@pytest.mark.parametrize("kind", [Kind.REVOKED, Kind.PROVIDER_BLOCK])
def test_a_stop_ends_codes_too_and_leaves_no_secret(kind):
    waiting = code_to(code="111111")
    say(kind)
    refused = code_to()
    send_texts()

    rule = "person_said_stop" if kind == Kind.REVOKED else "provider_block"
    for text in (waiting, refused):
        assert (fresh(text).state, text.rule, text.secret) == ("REFUSED", rule, "")


def test_who_starts_again_gets_codes_again():
    say(Kind.REVOKED)
    say(Kind.RESTART_ASKED)

    assert code_to().state == "QUEUED"


def test_a_late_code_is_never_sent(provider, noon):
    text = code_to()
    noon.shift(minutes(10) + dt.timedelta(seconds=1))
    send_texts()

    assert (fresh(text).state, text.rule, text.secret, provider.kept) == (
        *("REFUSED", "too_late", ""),
        [],
    )


def test_five_a_day_go_to_a_number_and_the_same_words_are_no_matter(noon):
    states = [code_to(code=f"10000{number}").state for number in range(6)]
    assert states == ["QUEUED"] * 5 + ["REFUSED"]
    assert OutgoingText.objects.latest("pk").rule == "too_many_codes"
    assert send().state == "REFUSED"  # a stranger to us otherwise: no consent to news

    noon.shift(dt.timedelta(hours=24, minutes=1))
    assert code_to().state == "QUEUED"


def test_one_that_is_taken_back_leaves_no_secret(person):
    text = code_to()
    take_back(text_id=text.pk, by=person(Role.OFFICE))

    assert (fresh(text).state, text.secret) == ("DROPPED", "")


def test_the_database_keeps_no_secret_of_what_is_settled():
    text = code_to()

    with pytest.raises(IntegrityError, match="a_settled_text_keeps_no_secret"):
        OutgoingText.objects.filter(pk=text.pk).update(state="SENT")


WORDS = f"{CODE} is your code.\n\n@yard.example #{CODE}"
HIDDEN = "****** is your code.\n\n@yard.example #******"


def test_a_code_is_hidden_in_json_and_in_forms():
    about = {"text": WORDS, "id": f"AC{CODE}", "at": f"2026-11-23T12:00:00.{CODE}Z"}
    body = code_hidden_in(json.dumps(about).encode(), host="yard.example")
    assert json.loads(body) == about | {"text": HIDDEN}

    form = code_hidden_in(urlencode({"Body": WORDS}).encode(), host="yard.example")
    assert CODE not in form.decode()


@pytest.mark.parametrize(
    "words", ["@elsewhere.example #246135", "@yard.example 246135", "@yard.example #2461357"]
)
def test_what_is_no_code_of_ours_stays_as_it_is(words):
    assert without_code(words, host="yard.example") == words
