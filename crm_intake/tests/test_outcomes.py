"""What becomes of a text at its provider: taken, refused, lost, found out, told later."""

import pytest
from django.db import IntegrityError

from crm_intake.events import Fate
from crm_intake.models import LedgerEvent, OutgoingText, PhoneNumber
from crm_intake.senders import SENDERS
from crm_intake.services import deliver_text as delivering
from crm_intake.services.deliver_text import settle, take_next
from crm_intake.services.resolve_text import note_found
from crm_intake.tasks import send_texts
from crm_intake.tests.conftest import payload
from crm_intake.tests.sending import ANN, NOON, fresh, minutes, send
from portal.core.models import Pace
from portal.core.pace import wait_for_turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "customer")]
STOP = payload("stop_legacy")
BLOCKED = {"code": 21610, "message": "+16065550123 has stopped"}


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


@pytest.mark.parametrize("trouble", [(503, {}), "gone"])
def test_what_the_provider_does_not_have_is_sent_when_it_can_no_longer_land(
    provider, noon, trouble
):
    provider.trouble = [trouble]
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
    assert not wait_for_turn(settings.TEXT_PROVIDER, per_second=100), f"{seconds} s to wait"


def test_a_provider_that_is_not_there_takes_nothing(provider, settings):
    settings.QUO_API_URL = settings.TWILIO_API_URL = "http://127.0.0.1:9"
    text = send()

    send_texts()

    assert fresh(text).state == "QUEUED"


def test_a_text_that_somebody_else_took_is_none_of_ours(provider, settings, monkeypatch):
    monkeypatch.setattr(delivering, "anything_waits", lambda: True)
    assert not delivering.deliver_next(SENDERS[settings.TEXT_PROVIDER])
    assert not provider.kept
    assert str(Pace.objects.get()) == f"pace of {settings.TEXT_PROVIDER}"


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


def test_the_database_wants_a_rule_for_every_refusal():
    with pytest.raises(IntegrityError, match="a_rule_says_why"):
        OutgoingText.objects.create(number="+1", text="x", purpose="REPLY", state="REFUSED")
