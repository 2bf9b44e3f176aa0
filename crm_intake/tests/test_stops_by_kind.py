"""A stop ends all texts, until the business says from when the rule of October 2026 holds."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.gate.stops import BY_KIND, ENDS_ALL, StopRule, ended_by
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import IntakeRules, LedgerEvent, Message, OutgoingText
from crm_intake.selectors.consent import standing_of
from crm_intake.tests.talk import ANN

pytestmark = pytest.mark.django_db
REPLY, DELIVERY, MARKETING = Purpose.REPLY, Purpose.DELIVERY, Purpose.MARKETING
DAY = dt.date(2027, 1, 15)
NEWS = {REPLY: False, DELIVERY: True, MARKETING: True}
ALL = dict.fromkeys(NEWS, True)


@pytest.mark.parametrize("answered", [None, *NEWS])
def test_the_strictest_holds_until_somebody_says_otherwise(answered):
    assert ended_by(answered, on=DAY, by_kind_since=None) is None
    assert ended_by(answered, on=DAY, by_kind_since=DAY + dt.timedelta(1)) is None


def test_news_alone_can_be_ended_by_themselves():
    ended = {one: ended_by(one, on=DAY, by_kind_since=DAY) for one in (None, *NEWS)}
    assert ended == {None: None, REPLY: None, DELIVERY: DELIVERY, MARKETING: None}
    assert (ENDS_ALL.since, BY_KIND.since) == (dt.date(2025, 4, 11), None)


def test_nobody_keeps_the_milder_rule_before_it_is_in_force(monkeypatch):
    rule = StopRule("fcc_26_67", DAY, BY_KIND.narrow)
    monkeypatch.setattr("crm_intake.gate.stops.BY_KIND", rule)
    early = DAY - dt.timedelta(1)
    assert ended_by(DELIVERY, on=early, by_kind_since=early) is None
    assert ended_by(DELIVERY, on=DAY, by_kind_since=early) is DELIVERY


@pytest.mark.parametrize(
    ("since", "purpose", "ago", "words", "refused"),
    [
        (None, "DELIVERY", 1, "stop", ALL),
        ("2026-10-01", "DELIVERY", 1, "stop", NEWS),
        ("2026-10-01", "DELIVERY", 25, "stop", ALL),
        ("2026-10-01", "DELIVERY", 1, "wrong number", ALL),
        ("2026-10-01", "MARKETING", 1, "stop", ALL),
        ("2026-10-01", "REPLY", 1, "stop", ALL),
        ("2090-10-01", "DELIVERY", 1, "stop", ALL),
    ],
)
def test_a_stop_ends_what_it_must(told, noon, since, purpose, ago, words, refused):
    IntakeRules.objects.create(pk=1, stops_by_kind_since=since)
    at = timezone.now() - dt.timedelta(hours=ago)
    OutgoingText.objects.create(
        number=ANN, text="We come.", purpose=purpose, state="DELIVERED", handed_over_at=at
    )

    def change(body):
        body["data"]["resource"]["text"] = words
        return body

    told("message_2026", change=change)

    assert Message.objects.get().is_stop
    now = standing_of(ANN)
    assert {one: bool(now.refuses(one)) for one in NEWS} == refused
    assert LedgerEvent.objects.get().purpose == ("DELIVERY" if refused == NEWS else "")
