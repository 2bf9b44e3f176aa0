"""A yes to a text that asked for one, and to any other."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.ledger.kinds import Purpose
from crm_intake.models import Conversation, Lead, Message, OutgoingText
from crm_intake.services.send_text import send_text
from crm_intake.services.settle_text import take_back
from crm_intake.tasks import send_texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
ANN = "+16065550123"


@pytest.fixture
def known(says):
    """Let Ann have written before: she may be told of deliveries."""
    says("Do you have oak?")
    Lead.objects.all().delete()
    Conversation.objects.update(state="DONE")


@pytest.fixture
def asked(known):
    """Return a text that went to Ann and asked for a yes."""
    return tell(asks=True, text="Your delivery comes tomorrow. Reply YES if that is fine.")


def tell(*, asks, text):
    sent = send_text(number=ANN, text=text, purpose=Purpose.DELIVERY, by=None, asks=asks)
    send_texts()
    sent.refresh_from_db()
    assert sent.state == OutgoingText.State.SENT
    return sent


def last():
    return Message.objects.order_by("-pk").first()


@pytest.mark.parametrize("yes", ["YES", "Yes please!", "sí", "y"])
def test_it_is_noted_and_bothers_nobody(asked, says, yes):
    says(yes)

    assert last().answers == asked
    assert Conversation.objects.get().state == "DONE"
    assert not Lead.objects.exists()


def test_what_is_no_plain_yes_is_for_the_office(asked, says):
    says("Yes but please come after noon")

    assert last().answers is None
    assert Lead.objects.exists()
    assert Conversation.objects.get().state == "OPEN"


def test_a_yes_after_another_text_is_for_the_office(asked, says):
    tell(asks=False, text="We have got your check, too.")

    says("yes")

    assert last().answers is None
    assert Lead.objects.exists()


def test_a_yes_that_was_written_before_the_text_went_is_for_the_office(asked, says):
    OutgoingText.objects.update(handed_over_at=timezone.now() + dt.timedelta(seconds=5))

    says("yes")

    assert last().answers is None
    assert Lead.objects.exists()


def test_a_yes_a_day_later_is_for_the_office(asked, says, time_machine):
    time_machine.shift(dt.timedelta(hours=25))

    says("yes")

    assert last().answers is None


def test_a_question_that_never_went_out_has_no_answer(known, says):
    text = send_text(number=ANN, text="Fine?", purpose=Purpose.DELIVERY, by=None, asks=True)
    take_back(text_id=text.pk, by=None)

    says("yes")

    assert last().answers is None
