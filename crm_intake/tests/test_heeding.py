"""Texts about texts: what they write into the ledger, who answers them, and what Odoo hears."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.models import Lead, LedgerEvent, Message, OfficeTask, OutgoingText
from crm_intake.selectors.consent import standing_of
from crm_intake.services.heed_blacklist import heed_blacklist
from crm_intake.services.heed_words import heed_words
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.tasks import heed_odoo_blacklist, send_texts
from crm_intake.wording import read
from odoo_bridge.models import BlockedNumber, OutboxEntry
from odoo_bridge.signals import mirrors_changed
from portal.setup.models import BusinessProfile

pytestmark = pytest.mark.django_db
ANN = "+16065550123"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def says(told):
    """Let Ann write at Quo: ``says("stop texting me")``."""
    number = iter(range(100))

    def write(text):
        key = next(number)

        def change(body):
            body["id"], body["data"]["object"]["id"] = f"EV{key}", f"AC{key}"
            body["data"]["object"]["body"] = text
            return body

        told("stop_legacy", change=change)

    return write


def kinds():
    return list(LedgerEvent.objects.order_by("pk").values_list("kind", flat=True))


def commands():
    return list(OutboxEntry.objects.order_by("pk").values_list("command", flat=True))


@pytest.mark.parametrize("text", ["STOP", "stop.", "Unsubscribe"])
def test_a_stop_that_quo_answers_itself_gets_no_second_answer(says, text):
    says(text)

    assert kinds() == ["REVOKED"]
    assert not OutgoingText.objects.exists()


def test_a_stop_in_other_words_is_confirmed_once_and_at_once(says):
    says("please stop texting me")

    [text] = OutgoingText.objects.all()
    assert (text.purpose, text.state) == (Purpose.NOTICE, "QUEUED")
    assert "no more texts" in text.text
    assert text.not_after - LedgerEvent.objects.get().counts_from == 5 * MINUTE

    says("I said stop texting me!!")
    assert OutgoingText.objects.count() == 1
    send_texts()
    text.refresh_from_db()
    assert text.state == "SENT"


def test_a_confirmation_that_could_not_leave_in_five_minutes_never_does(says, time_machine):
    says("please stop texting me")
    time_machine.move_to(timezone.now() + 6 * MINUTE)

    send_texts()

    text = OutgoingText.objects.get()
    assert (text.state, text.rule) == ("REFUSED", "too_late")


@pytest.mark.parametrize(("word", "asks"), [("CANCEL", True), ("end", True), ("STOP", False)])
def test_cancel_and_end_may_mean_the_order(says, word, asks):
    says(word)

    assert kinds() == ["REVOKED"]
    assert OfficeTask.objects.exists() is asks
    if asks:
        assert str(OfficeTask.objects.get()).startswith("MEANT_THE_ORDER")


def test_a_task_is_done_by_somebody(says):
    says("CANCEL")
    with pytest.raises(IntegrityError, match="a_task_is_done_by_somebody"):
        OfficeTask.objects.update(done_at=timezone.now())


def test_help_is_answered_and_is_no_lead(says):
    BusinessProfile.objects.create(
        pk=1,
        name="Oak & Sons",
        country="US",
        phones=["+16065550100"],
        time_zone="America/New_York",
    )
    says("HELP")

    [text] = OutgoingText.objects.all()
    assert text.text.startswith("Oak & Sons: questions? Call +1 606-555-0100. Reply STOP")
    assert not Lead.objects.exists()


def test_who_has_no_number_is_not_answered(says):
    says("Hello")
    message = Message.objects.get()
    message.person, message.sender = None, "Anonymous"

    assert heed_words(message, read("help"), provider_answered=False)
    assert not OutgoingText.objects.exists()


def test_help_at_twilio_is_answered_there(says):
    says("Hello")
    message = Message.objects.get()
    message.provider = "twilio"

    assert heed_words(message, read("help"), provider_answered=False)
    assert not OutgoingText.objects.exists()


def test_a_yes_is_consent_where_a_question_is_open_and_a_lead_where_none_is(says):
    says("Yes")
    assert (kinds(), Lead.objects.count()) == ([], 1)

    record_consent(
        number=ANN,
        kind=Kind.REQUESTED,
        purpose=Purpose.MARKETING,
        source="web_form",
        action="checkbox",
        evidence=Evidence(shown="May we write to you about sales?"),
    )
    went = {"purpose": "QUESTION", "state": "SENT", "handed_over_at": timezone.now()}
    OutgoingText.objects.create(number=ANN, text="Reply YES.", **went)
    says("Yes!")

    assert kinds() == ["REQUESTED", "CONFIRMED"]
    assert LedgerEvent.objects.last().evidence.message.text == "Yes!"
    assert standing_of(ANN).refuses(Purpose.MARKETING) == ""
    assert Lead.objects.count() == 1


def test_odoo_hears_of_a_stop_and_of_fresh_consent(says):
    says("STOP")
    assert commands() == ["BlockNumber"]
    grant(Purpose.DELIVERY)
    assert commands() == ["BlockNumber"], "it says nothing of Odoo's advertising"
    grant(Purpose.MARKETING)
    assert commands() == ["BlockNumber", "UnblockNumber"]


def test_who_agrees_at_first_was_never_blocked():
    grant(Purpose.MARKETING)
    assert commands() == []


def grant(purpose, number=ANN):
    record_consent(
        number=number,
        kind=Kind.GRANTED,
        purpose=purpose,
        source="staff",
        action="signature",
        evidence=Evidence(),
    )


def blocked_in_odoo(at, number=ANN):
    return BlockedNumber.objects.create(number=number, odoo_id=1, remote_write_date=at)


def test_who_is_blocked_in_odoo_is_stopped_here_and_once():
    grant(Purpose.MARKETING)
    blocked_in_odoo(timezone.now() + MINUTE)

    heed_odoo_blacklist()
    OutboxEntry.objects.update(state="DONE")
    heed_odoo_blacklist()

    assert kinds() == ["GRANTED", "REVOKED"]
    event = LedgerEvent.objects.last()
    assert (event.source, event.evidence.wording) == ("odoo", "The number was blocked in Odoo.")
    assert standing_of(ANN).refuses(Purpose.DELIVERY)


def test_a_number_without_any_event_is_heeded_too():
    blocked_in_odoo(timezone.now())
    assert heed_blacklist() == 1


def test_what_was_blocked_before_fresh_consent_is_no_news():
    blocked_in_odoo(timezone.now() - MINUTE)
    grant(Purpose.MARKETING)

    assert heed_blacklist() == 0


def test_our_own_block_is_no_news_and_what_is_under_way_is_waited_for(says):
    says("STOP")
    blocked_in_odoo(timezone.now() + MINUTE)
    assert heed_blacklist() == 0, "it is stopped"

    grant(Purpose.MARKETING)
    assert heed_blacklist() == 0, "Odoo has not heard of the consent yet"
    assert kinds() == ["REVOKED", "GRANTED"]


def test_a_number_that_was_blocked_wakes_us(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as bells:
        mirrors_changed.send(sender=BlockedNumber, keys=[1])
        mirrors_changed.send(sender=OutboxEntry, keys=[1])

    assert len(bells) == 1
