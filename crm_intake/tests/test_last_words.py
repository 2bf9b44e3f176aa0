"""What a yes and a stop answer: the last text that went out, here or at the provider."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.events import Fate
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import IntakeRules, LedgerEvent, Message, OutgoingText
from crm_intake.selectors.consent import standing_of
from crm_intake.selectors.last_words import last_words_to
from crm_intake.services.heed_blacklist import heed_blacklist
from crm_intake.services.person_of import person_of
from crm_intake.tests.talk import ANN, text_out
from odoo_bridge.models import OutboxEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
HOUR = dt.timedelta(hours=1)


def went(purpose, ago, state="DELIVERED", provider_id=""):
    return OutgoingText.objects.create(
        number=ANN,
        text="Words.",
        purpose=purpose,
        state=state,
        handed_over_at=timezone.now() - ago * HOUR,
        provider="quo" if provider_id else "",
        provider_id=provider_id,
    )


def last():
    return last_words_to(ANN, since=timezone.now() - 24 * HOUR, until=timezone.now())


def test_it_is_the_one_that_went_out_last_and_not_the_one_wanted_last():
    assert last() is None
    went("MARKETING", 1)
    went("DELIVERY", 3)
    went("NOTICE", 0.5)
    went("DELIVERY", 25)
    went("DELIVERY", 0.1, state="FAILED")
    assert last() is Purpose.MARKETING


@pytest.mark.parametrize("state", ["SENDING", "UNKNOWN"])
def test_nobody_knows_it_where_another_may_have_gone_out(state):
    went("DELIVERY", 1, state=state)
    assert last() is Purpose.DELIVERY
    went("DELIVERY", 0.5)
    assert last() is None


def test_what_was_written_at_the_provider_is_for_nobody_knows_what():
    went("QUESTION", 1, provider_id="AC1")
    person = person_of(ANN)
    echo = text_out(person, key="AC1", fate=Fate.SENT, code="")
    Message.objects.filter(pk=echo.pk).update(occurred_at=timezone.now() - HOUR / 2)
    assert last() is Purpose.QUESTION
    other = text_out(person, key="AC2", fate=Fate.SENT, code="")
    Message.objects.filter(pk=other.pk).update(occurred_at=timezone.now() - HOUR / 4)
    assert last() is None


def test_a_stop_of_news_is_confirmed_as_such_and_said_again_ends_all(says):
    IntakeRules.objects.create(pk=1, stops_by_kind_since="2026-10-01")
    went("DELIVERY", 1)
    says("please no more texts")

    assert standing_of(ANN).stopped == {Purpose.DELIVERY}
    notice = OutgoingText.objects.get(purpose="NOTICE")
    assert "no more news of deliveries" in notice.text
    assert not OutboxEntry.objects.filter(command="BlockNumber").exists()
    assert heed_blacklist() == 0

    says("stop")
    assert LedgerEvent.objects.order_by("pk").last().purpose == ""
    assert standing_of(ANN).refuses(Purpose.REPLY)
    assert OutboxEntry.objects.filter(command="BlockNumber").exists()
