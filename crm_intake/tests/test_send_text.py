"""The one door for texts to people, against providers as servers on this machine."""

import ast
import base64
import datetime as dt

import pytest
import structlog
from django.db import IntegrityError
from django.utils import timezone

from crm_intake.console.sender import SENDER as CONSOLE
from crm_intake.errors import NotANumber
from crm_intake.events import Fate, SentText
from crm_intake.gate.judge import can_send
from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.ledger.standing import SAID_STOP
from crm_intake.models import LedgerEvent, OutgoingText, PhoneNumber, TextPace, WebhookDelivery
from crm_intake.senders import SENDERS
from crm_intake.services import deliver_text as delivering
from crm_intake.services.deliver_text import settle, take_next
from crm_intake.services.keep_sent import keep_sent
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.services.resolve_text import note_found
from crm_intake.services.send_text import send_text
from crm_intake.services.text_pace import wait_for_turn
from crm_intake.services.text_states import NoSuchMove, move
from crm_intake.sources import SOURCES
from crm_intake.tasks import send_texts
from crm_intake.tests.conftest import legacy_headers, payload
from crm_intake.tests.provider_server import serving
from odoo_bridge.slots import Doing
from portal.testing.mirrors import PartnerFactory
from portal.testing.sessions import other_session
from portal.testing.sources import ROOT, tracked_files

pytestmark = pytest.mark.django_db
STOP = payload("stop_legacy")
ANN = "+16065550123"
NOON = dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)
BLOCKED = {"code": 21610, "message": "+16065550123 has stopped"}


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Let it be a Monday's noon in New York."""
    time_machine.move_to(NOON)
    return time_machine


@pytest.fixture(autouse=True)
def ann():
    """Let Ann be a customer."""
    return PartnerFactory(name="Ann", phone="(606) 555-0123")


@pytest.fixture(params=["quo", "twilio"])
def provider(request, settings):
    """Serve as a provider does, and be set up for it."""
    settings.TEXT_PROVIDER, settings.PROVIDER_MAY_BE_LOCAL = request.param, True
    settings.QUO_API_KEY, settings.QUO_FROM = "a-key", "PN1"
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = "AC1", ["a-token"]
    settings.TWILIO_FROM = "+15550000001"
    with serving() as (url, kept):
        settings.QUO_API_URL = settings.TWILIO_API_URL = url
        yield kept


def send(number="(606) 555-0123", text="On our way.", purpose=Purpose.DELIVERY):
    return send_text(number=number, text=text, purpose=purpose, by=None)


def fresh(text):
    text.refresh_from_db()
    return text


def minutes(number):
    return dt.timedelta(minutes=number)


def test_a_text_is_queued_for_the_number_as_e164_and_then_sent(
    provider, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as bells:
        text = send(text="We\u2019re on our way…")
    assert (text.state, text.number, text.segments, len(bells)) == ("QUEUED", ANN, 1, 1)

    send_texts()

    [(key, number, words, _at)] = provider.kept
    assert (number, words) == (ANN, "We're on our way...")
    assert (fresh(text).state, text.provider_id) == ("SENT", key)
    assert text.settled_at - NOON < minutes(1)
    basic = f"Basic {base64.b64encode(b'AC1:a-token').decode()}"
    assert provider.logins == {"a-key" if text.provider == "quo" else basic}
    send_texts()
    assert len(provider.kept) == 1
    assert str(text) == f"text {text.uuid}"


def test_a_batch_has_an_end_and_the_next_one_goes_on(monkeypatch):
    monkeypatch.setattr("crm_intake.tasks.BATCH", 2)
    for number in range(3):
        send(text=f"Text {number}")

    send_texts()
    assert OutgoingText.objects.filter(state="SENT").count() == 2

    send_texts()
    assert OutgoingText.objects.filter(state="SENT").count() == 3


def test_one_worker_at_a_time_hands_texts_over(provider):
    send()
    with other_session() as session:
        session.execute("select pg_advisory_lock(%s, 1)", [Doing.TEXTING])
        send_texts()
        assert not provider.kept
        session.execute("select pg_advisory_unlock_all()")
    send_texts()
    assert provider.kept


def test_after_a_stop_the_text_is_refused_with_the_rule_s_name(quo, provider):
    quo(STOP, legacy_headers(STOP))

    text = send()

    assert (text.state, text.rule) == ("REFUSED", SAID_STOP)
    send_texts()
    assert not provider.kept


def test_a_stop_that_comes_while_the_text_waits_counts(quo, provider):
    text = send()
    quo(STOP, legacy_headers(STOP))

    send_texts()

    assert (fresh(text).state, text.rule) == ("REFUSED", SAID_STOP)
    assert not provider.kept


def test_a_stop_counts_that_comes_between_the_gate_and_the_first_byte(provider, monkeypatch):
    text = send()

    def stop_comes_then(facts, **words):
        decision = can_send(facts, **words)
        record_consent(
            number=ANN, kind=Kind.REVOKED, source="staff", action="spoken", evidence=Evidence()
        )
        return decision

    monkeypatch.setattr(delivering, "can_send", stop_comes_then)
    send_texts()

    assert (fresh(text).state, text.rule) == ("REFUSED", SAID_STOP)
    assert not provider.kept


def test_what_comes_too_late_is_held_and_leaves_at_the_first_allowed_minute(provider, noon):
    noon.move_to(NOON + dt.timedelta(hours=10))
    text = send()
    opens = NOON + dt.timedelta(hours=21)  # 8 in the morning on the later of Ann's two clocks
    assert (text.state, text.rule, text.not_before) == ("HELD", "service_hours", opens)

    noon.move_to(opens - minutes(1))
    send_texts()
    assert not provider.kept

    noon.move_to(opens)
    send_texts()
    assert (fresh(text).state, text.rule) == ("SENT", "")


def test_a_text_that_waited_into_the_night_is_held_then(provider, noon):
    text = send()
    noon.move_to(NOON + dt.timedelta(hours=10))

    send_texts()

    assert (fresh(text).state, text.rule) == ("HELD", "service_hours")
    assert not provider.kept


def test_a_lost_answer_is_resolved_by_asking_and_never_by_sending_again(provider, noon):
    provider.trouble = ["lost"]
    others = [send(text=f"Text {number}") for number in range(2)]
    text = send(text="Text 2")
    provider.trouble = ["lost", None, "cut"]

    send_texts()
    assert [fresh(one).state for one in (*others, text)] == ["UNKNOWN", "SENT", "UNKNOWN"]

    noon.shift(minutes(1))
    send_texts()
    states = {fresh(one).state for one in (*others, text)}
    assert (states, len(provider.kept)) == ({"SENT"}, 3)
    assert {one.provider_id for one in (*others, text)} == {row[0] for row in provider.kept}


def test_what_the_provider_does_not_have_is_sent_when_it_can_no_longer_land(provider, noon):
    provider.trouble = [(503, {})]
    text = send()
    send_texts()
    assert fresh(text).state == "UNKNOWN"

    noon.shift(minutes(1))
    send_texts()
    assert (fresh(text).state, text.looks, len(provider.kept)) == ("UNKNOWN", 1, 0)

    noon.shift(minutes(2))
    send_texts()
    assert (fresh(text).state, len(provider.kept)) == ("SENT", 1)


@pytest.mark.parametrize("answer", ["lost", (500, {})])
def test_a_provider_that_does_not_say_leaves_it_unknown(provider, noon, answer):
    provider.trouble = ["lost"]
    text = send()
    send_texts()
    noon.shift(minutes(1))
    provider.asked = [answer]

    send_texts()

    assert (fresh(text).state, text.looks) == ("UNKNOWN", 0)
    assert len(provider.kept) == 1


@pytest.mark.parametrize("answer", [{"data": "?", "messages": "?"}, [1]])
def test_a_list_that_is_none_says_nothing(provider, noon, answer):
    provider.trouble = ["lost"]
    text = send()
    send_texts()
    noon.shift(minutes(1))
    provider.asked = [(200, answer)]

    send_texts()

    assert fresh(text).state == "UNKNOWN"


def test_what_a_worker_was_sending_when_it_died_is_asked_for(provider, settings, noon):
    text = send()
    key, *_rest = provider.keep(ANN, "On our way.")
    OutgoingText.objects.update(
        state="SENDING", provider=settings.TEXT_PROVIDER, handed_over_at=NOON
    )
    noon.shift(minutes(1))
    send_texts()
    assert fresh(text).state == "SENDING", "it may still be at it"

    noon.shift(minutes(2))
    send_texts()

    assert (fresh(text).state, text.provider_id, len(provider.kept)) == ("SENT", key, 1)


def test_who_comes_back_from_the_dead_changes_nothing(provider, settings):
    text = send()
    taken = take_next(SENDERS[settings.TEXT_PROVIDER])
    OutgoingText.objects.filter(pk=text.pk).update(state="UNKNOWN")

    settle(taken, OutgoingText.State.FAILED, failure="30003")
    note_found(taken, [])
    OutgoingText.objects.filter(pk=text.pk).update(state="SENT")
    note_found(taken, ["AC1"])

    assert (fresh(text).state, text.failure, text.provider_id) == ("SENT", "", "")


@pytest.fixture
def tell(settings):
    """Let the provider tell what became of a text: ``tell("AC1", Fate.DELIVERED)``."""

    def keep(key, fate, code="", words=""):
        number = WebhookDelivery.objects.count()
        delivery = WebhookDelivery.objects.create(
            provider=settings.TEXT_PROVIDER,
            delivery_id=str(number),
            body=b"",
            received_at=timezone.now(),
        )
        event = SentText(
            key=f"message:{key}",
            sender="+15550000001",
            recipient=ANN,
            text=words,
            fate=fate,
            code=code,
            occurred_at=None,
        )
        keep_sent(delivery=delivery, event=event, occurred_at=timezone.now())

    return keep


def test_what_became_of_it_is_told_later_and_in_any_order(provider, tell):
    text = send()
    send_texts()
    fresh(text)
    for fate, state in (
        (Fate.SENT, "SENT"),
        (Fate.FAILED, "FAILED"),
        (Fate.DELIVERED, "DELIVERED"),
        (Fate.FAILED, "DELIVERED"),
    ):
        tell(text.provider_id, fate, code="30006" if fate is Fate.FAILED else "")
        assert fresh(text).state == state, fate

    assert text.failure == ""
    assert PhoneNumber.objects.get().is_landline


def test_news_that_come_before_the_answer_was_stored_are_not_lost(provider, tell, monkeypatch):
    def settle_late(taken, state, **words):
        tell(words["provider_id"], Fate.DELIVERED)
        settle(taken, state, **words)

    monkeypatch.setattr(delivering, "settle", settle_late)
    text = send()

    send_texts()

    assert fresh(text).state == "DELIVERED"


def test_news_settle_a_text_whose_answer_was_lost(provider, tell):
    provider.trouble = ["lost"]
    text = send()
    send_texts()
    assert fresh(text).state == "UNKNOWN"

    tell("ACother", Fate.DELIVERED, words="Other words.")
    tell("ACnone", Fate.DELIVERED)
    assert fresh(text).state == "UNKNOWN"

    tell("ACours", Fate.DELIVERED, words="On our way.")
    assert (fresh(text).state, text.provider_id) == ("DELIVERED", "ACours")


def test_a_refusal_is_kept_with_the_provider_s_code_and_a_block_goes_to_the_ledger(provider):
    provider.trouble = [(400, BLOCKED)]
    text = send()

    send_texts()

    assert (fresh(text).state, text.failure) == ("FAILED", "21610")
    event = LedgerEvent.objects.get()
    assert (event.kind, event.evidence.wording) == ("PROVIDER_BLOCK", "code 21610")
    assert send(text="Another").rule == "provider_block"


def test_a_landline_is_remembered(provider):
    provider.trouble = [(400, {"code": 21614})]
    send()
    send_texts()

    assert PhoneNumber.objects.get().is_landline
    assert send(text="Another").rule == "no_mobile"


@pytest.mark.parametrize("told", [{"code": ""}, "no object"])
def test_a_refusal_without_a_code_is_known_by_its_status(provider, told):
    provider.trouble = [(403, told)]
    text = send()
    send_texts()
    assert (fresh(text).state, text.failure) == ("FAILED", "HTTP 403")


@pytest.mark.parametrize(
    ("headers", "seconds"), [({"Retry-After": "60"}, 60), ({"Retry-After": "soon"}, 5), ({}, 5)]
)
def test_who_is_asked_to_wait_waits(provider, settings, headers, seconds):
    provider.trouble = [(429, {}, headers)]
    text, other = send(), send(text="Another")

    send_texts()

    assert (fresh(text).state, fresh(other).state) == ("QUEUED", "QUEUED")
    assert not provider.kept
    assert not wait_for_turn(settings.TEXT_PROVIDER), f"{seconds} s are to be waited"


def test_a_provider_that_is_not_there_takes_nothing(provider, settings):
    settings.QUO_API_URL = settings.TWILIO_API_URL = "http://127.0.0.1:9"
    text = send()

    send_texts()

    assert fresh(text).state == "QUEUED"


def test_a_text_that_somebody_else_took_is_none_of_ours(provider, settings, monkeypatch):
    monkeypatch.setattr(delivering, "anything_waits", lambda: True)
    send_texts()
    assert not provider.kept
    assert str(TextPace.objects.get()) == f"pace of {settings.TEXT_PROVIDER}"


def test_what_was_sent_from_a_number_is_found_by_it_too(provider, settings, noon):
    settings.QUO_FROM = "+15550000002"
    provider.trouble = ["lost"]
    text = send()
    send_texts()
    noon.shift(minutes(1))
    provider.asked = [(200, {"data": ["?"], "messages": ["?", {"sid": "1", "body": text.text}]})]

    send_texts()
    assert fresh(text).state == "UNKNOWN"
    noon.shift(minutes(1))
    send_texts()
    assert fresh(text).state == "SENT"


def test_an_answer_without_an_id_is_a_lost_one(provider):
    provider.trouble = [(200, {"data": {}})]
    text = send()
    send_texts()
    assert fresh(text).state == "UNKNOWN"


@pytest.mark.parametrize("number", ["", "Anonymous", "12"])
def test_what_is_no_number_is_refused_and_changes_nothing(number):
    with pytest.raises(NotANumber, match="Write it with its area code"):
        send(number)

    assert not OutgoingText.objects.exists()


def test_the_database_wants_a_rule_for_every_refusal():
    with pytest.raises(IntegrityError, match="a_rule_says_why"):
        OutgoingText.objects.create(number="+1", text="x", purpose="REPLY", state="REFUSED")


def test_a_text_that_is_sent_is_never_queued_again():
    with pytest.raises(NoSuchMove, match="SENT → QUEUED"):
        move(OutgoingText(state="SENT"), OutgoingText.State.QUEUED)


def test_the_log_holds_neither_the_words_nor_the_number():
    from portal.settings.logs import mask_event  # noqa: PLC0415, TID251 - the log's own rule

    with structlog.testing.capture_logs() as noted:
        send(text="the gate code is 4711")
        send_texts()

    line = str(mask_event(None, "info", noted[0]))
    assert "text_not_really_sent" in line
    assert "4711" not in line
    assert "6065550123" not in line
    assert CONSOLE.find(ANN, "", timezone.now()) == []


def test_each_sender_is_a_source_too_and_the_settings_know_it():
    assert set(SENDERS) - {"console"} <= set(SOURCES)


def test_there_is_no_second_way_to_send_a_text():
    """Only the service that asks the gate may use a sender."""
    users = set()
    for file in tracked_files("*.py"):
        relative = file.relative_to(ROOT)
        if "tests" in relative.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "send"
                and "sender" in ast.dump(node)
            ):
                users.add(str(relative))

    assert users == {"crm_intake/services/deliver_text.py"}
