"""The gate, as pure functions: each rule refuses or holds what it is for, and nothing else."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from crm_intake.failures import words_of
from crm_intake.gate.decision import ALLOWED, REASONS, Decision, Verdict, reason_of
from crm_intake.gate.facts import Before, Facts, Line, line_of
from crm_intake.gate.judge import LONGEST, can_send
from crm_intake.hours.readers import Reader
from crm_intake.hours.rules import RULES
from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.ledger.standing import ALL, Said, standing

REPLY, DELIVERY, MARKETING = Purpose.REPLY, Purpose.DELIVERY, Purpose.MARKETING
NEW_YORK = ZoneInfo("America/New_York")
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=NEW_YORK)  # a Monday
NIGHT = NOON.replace(hour=22)
MORNING = NOON.replace(hour=8) + dt.timedelta(days=1)
LONG_AGO = NOON - dt.timedelta(days=400)
CUSTOMER = Facts(
    line=Line.FINE, standing=standing([]), reader=Reader((NEW_YORK,)), is_customer=True
)
STRANGER = replace(CUSTOMER, is_customer=False)


def saying(*kinds):
    said = [Said(kind=kind, purpose=MARKETING, counts_from=LONG_AGO) for kind in kinds]
    return standing(said)


def before(*texts):
    """Return texts that went out: hours ago, and why."""
    return [Before(NOON - dt.timedelta(hours=ago), why, f"Text {ago}") for ago, why in texts]


def decide(facts=CUSTOMER, purpose=DELIVERY, text="On our way.", at=NOON):
    return can_send(facts, purpose=purpose, text=text, at=at)


def refusing(rule):
    return Decision(Verdict.REFUSE, rule)


def test_a_customer_is_told_of_the_delivery_at_noon():
    assert decide() == ALLOWED


@pytest.mark.parametrize(
    ("facts", "text", "rule"),
    [
        (CUSTOMER, "  \n", "empty"),
        (CUSTOMER, "x" * (LONGEST + 1), "too_long"),
        (replace(CUSTOMER, line=Line.NOT_A_NUMBER), "Hi", "not_a_number"),
        (replace(CUSTOMER, line=Line.ABROAD), "Hi", "abroad"),
        (replace(CUSTOMER, line=Line.NO_MOBILE), "Hi", "no_mobile"),
        (replace(CUSTOMER, is_landline=True), "Hi", "no_mobile"),
        (STRANGER, "Hi", "no_consent"),
        (replace(STRANGER, wrote_at=LONG_AGO), "Hi", "no_consent"),
        (replace(CUSTOMER, before=[Before(NOON, DELIVERY, "Hi")]), "Hi", "duplicate"),
    ],
)
def test_what_is_refused_at_any_hour(facts, text, rule):
    assert decide(facts, text=text) == refusing(rule)
    assert str(REASONS[rule])


def test_who_has_written_lately_may_be_told():
    wrote = replace(STRANGER, wrote_at=NOON - dt.timedelta(days=80))
    assert decide(wrote) == ALLOWED


def test_who_has_agreed_to_news_of_the_delivery_may_be_told():
    agreed = standing([Said(kind=Kind.GRANTED, purpose=DELIVERY, counts_from=LONG_AGO)])
    assert decide(replace(STRANGER, standing=agreed)) == ALLOWED


def test_the_same_words_may_go_again_when_some_time_has_passed():
    ago = Before(NOON - dt.timedelta(minutes=11), DELIVERY, "On our way.")
    assert decide(replace(CUSTOMER, before=[ago])) == ALLOWED


def test_advertising_needs_consent_in_writing_and_no_customer_has_it_by_being_one():
    assert decide(purpose=MARKETING) == refusing("no_written_consent")
    asked = replace(CUSTOMER, standing=saying(Kind.REQUESTED))
    assert decide(asked, MARKETING) == refusing("no_written_consent")
    agreed = replace(STRANGER, standing=saying(Kind.GRANTED))
    assert decide(agreed, MARKETING) == ALLOWED


def test_after_a_stop_there_is_no_hour_at_which_it_may_go():
    stopped = standing([Said(kind=Kind.REVOKED, counts_from=LONG_AGO)])
    for purpose in ALL:
        assert decide(replace(CUSTOMER, standing=stopped), purpose) == refusing("person_said_stop")


def test_what_comes_too_late_in_the_day_waits_for_the_morning():
    assert decide(at=NIGHT) == Decision(Verdict.HOLD, "service_hours", MORNING)
    agreed = replace(CUSTOMER, standing=saying(Kind.GRANTED))
    sells = decide(agreed, MARKETING, at=NIGHT)
    assert (sells.verdict, sells.until) == (Verdict.HOLD, MORNING.replace(hour=9))


def test_who_writes_at_night_is_answered_at_night_and_told_of_nothing_else():
    awake = replace(CUSTOMER, wrote_at=NIGHT - dt.timedelta(minutes=5))
    assert decide(awake, REPLY, at=NIGHT) == ALLOWED
    assert decide(awake, DELIVERY, at=NIGHT).verdict is Verdict.HOLD
    assert decide(CUSTOMER, REPLY, at=NIGHT).verdict is Verdict.HOLD


def test_a_notice_may_follow_a_stop_at_any_hour_but_not_a_block():
    stopped = standing([Said(kind=Kind.REVOKED, counts_from=LONG_AGO)])
    assert decide(replace(STRANGER, standing=stopped), Purpose.NOTICE, at=NIGHT) == ALLOWED
    blocked = standing([Said(kind=Kind.PROVIDER_BLOCK, counts_from=LONG_AGO)])
    assert decide(replace(STRANGER, standing=blocked), Purpose.NOTICE) == refusing("provider_block")


def test_the_fourth_of_a_kind_waits_until_the_first_is_a_day_old():
    three = before((5, DELIVERY), (4, DELIVERY), (3, DELIVERY))
    held = decide(replace(CUSTOMER, before=three))
    # 24 hours after the first of the three is 7 in the morning: its hours begin at 8.
    assert held == Decision(Verdict.HOLD, "service_hours", MORNING)
    late = before((3, DELIVERY), (2, DELIVERY), (1, DELIVERY))
    held = decide(replace(CUSTOMER, before=late))
    assert held == Decision(Verdict.HOLD, "too_many", NOON + dt.timedelta(hours=21))


def test_texts_of_another_kind_do_not_count():
    others = before((3, REPLY), (2, REPLY), (1, MARKETING))
    assert decide(replace(CUSTOMER, before=others)) == ALLOWED


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("+16065550123", Line.FINE),
        ("+18005550123", Line.NO_MOBILE),
        ("+19005550123", Line.NO_MOBILE),
        ("+14165550123", Line.ABROAD),
        ("+442079460000", Line.NO_MOBILE),
        ("+447911123456", Line.ABROAD),
        ("+11165550123", Line.NOT_A_NUMBER),
        ("+1606", Line.NOT_A_NUMBER),
        ("606", Line.NOT_A_NUMBER),
    ],
)
def test_what_a_number_says_of_itself(number, line):
    assert line_of(number, country="US") is line


def test_every_rule_and_every_code_has_words():
    for rule in [*REASONS, *(rule.id for rule in RULES)]:
        assert str(reason_of(rule)).endswith(".")
    assert "state" in str(reason_of("texas_hours"))
    assert str(words_of("21610")) == "The person has stopped texts at the provider."
    assert str(words_of("4711")) == "The provider gives the reason 4711."
