"""The consent ledger: it only grows, it can be proven, and it says what may be sent."""

import datetime as dt
import io

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection
from hypothesis import given
from hypothesis import strategies as st

from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.ledger.standing import (
    ALL,
    BLOCKED,
    NO_WRITTEN_CONSENT,
    SAID_STOP,
    Said,
    standing,
)
from crm_intake.models import LedgerEvent, LedgerEvidence, LedgerKey
from crm_intake.selectors.ledger import breaks, subject_of
from crm_intake.services.record_consent import Evidence, record_consent

ANN, BEA = "+16065550123", "+16065550199"
NOON = dt.datetime(2026, 11, 21, 17, tzinfo=dt.UTC)
REPLY, DELIVERY, MARKETING = Purpose.REPLY, Purpose.DELIVERY, Purpose.MARKETING


def add(number=ANN, kind=Kind.REVOKED, wording="STOP", **values):
    return record_consent(
        number=number,
        kind=kind,
        source="staff",
        action="spoken",
        evidence=Evidence(wording=wording),
        **values,
    )


def said(*kinds):
    return standing(
        Said(kind=kind, purpose=purpose, counts_from=NOON + dt.timedelta(minutes=place))
        for place, (kind, purpose) in enumerate(kinds)
    )


@pytest.fixture
def two_chains(db):
    return [add(), add(kind=Kind.RESTART_ASKED), add(BEA), add()]


def test_each_number_has_a_chain_of_its_own(two_chains):
    assert [event.place for event in two_chains] == [1, 2, 1, 3]
    first, second, other, _third = two_chains
    assert second.previous == first.hash
    assert other.previous == "0" * 64
    assert first.subject == subject_of(ANN) != other.subject
    assert ANN not in str(LedgerEvent.objects.values())
    assert str(first) == f"REVOKED {first.subject[:8]}/1"
    assert str(first.evidence) == f"evidence of {first.pk}"
    assert str(LedgerKey.objects.get()) == "the ledger's key"


@pytest.mark.parametrize("act", [lambda rows: rows.update(source="x"), lambda rows: rows.delete()])
def test_the_database_lets_nobody_change_an_event(two_chains, act):
    LedgerEvidence.objects.all().delete()  # what erasing does
    with pytest.raises(ProgrammingError, match="Cannot update or delete rows"):
        act(LedgerEvent.objects.all())


def test_the_database_lets_nobody_change_evidence(two_chains):
    with pytest.raises(ProgrammingError, match="Cannot update rows"):
        LedgerEvidence.objects.update(wording="START")


def test_the_command_proves_it(two_chains):
    told = io.StringIO()
    call_command("verify_consent_chain", stdout=told)
    assert told.getvalue() == "4 events: all as they were written.\n"


@pytest.mark.parametrize(
    "forged",
    [
        "update {event} set kind = 'GRANTED' where place = 1",
        "update {event} set counts_from = counts_from + interval '1 second' where place = 2",
        "update {event} set staff_id = null, delivery_id = null, source = 'web' where place = 3",
        "update {event} set place = 4 where place = 3",
        "delete from {evidence}; delete from {event} where place = 2",
        "update {evidence} set wording = 'START'",
        "update {evidence} set number = '+16065550100'",
    ],
)
def test_what_is_forged_behind_the_triggers_is_found(two_chains, forged):
    tables = {"event": LedgerEvent._meta.db_table, "evidence": LedgerEvidence._meta.db_table}
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(forged.format(**tables))

    assert list(breaks())
    complaints = io.StringIO()
    with pytest.raises(CommandError, match="not as it was written"):
        call_command("verify_consent_chain", stderr=complaints)
    assert "is broken at" in complaints.getvalue() or "is not what was" in complaints.getvalue()


def test_erased_evidence_breaks_no_chain(two_chains):
    LedgerEvidence.objects.filter(number=ANN).delete()

    assert not list(breaks())


def test_a_stop_is_about_all_texts():
    assert {said((Kind.REVOKED, None)).refuses(one) for one in ALL} == {SAID_STOP}


def test_who_said_nothing_gets_answers_and_news_of_a_delivery_but_nothing_that_sells():
    nothing = said()
    assert [nothing.refuses(one) for one in (REPLY, DELIVERY)] == ["", ""]
    assert nothing.refuses(MARKETING) == NO_WRITTEN_CONSENT


def test_asking_to_start_again_brings_back_what_the_law_allows():
    again = said((Kind.GRANTED, MARKETING), (Kind.REVOKED, None), (Kind.RESTART_ASKED, None))
    assert [again.refuses(one) for one in (REPLY, DELIVERY)] == ["", ""]
    assert again.refuses(MARKETING) == SAID_STOP


def test_fresh_consent_counts_for_what_it_is_about():
    fresh = said((Kind.REVOKED, None), (Kind.GRANTED, DELIVERY))
    assert fresh.refuses(DELIVERY) == ""
    assert fresh.refuses(MARKETING) == fresh.refuses(REPLY) == SAID_STOP


def test_a_question_is_no_consent_until_it_is_answered():
    asked = said((Kind.REQUESTED, MARKETING))
    assert (asked.asked, asked.refuses(MARKETING)) == ({MARKETING}, NO_WRITTEN_CONSENT)
    answered = said((Kind.REQUESTED, MARKETING), (Kind.CONFIRMED, MARKETING))
    assert (answered.asked, answered.refuses(MARKETING)) == (set(), "")


def test_a_provider_s_block_holds_until_it_is_lifted():
    assert said((Kind.PROVIDER_BLOCK, None)).refuses(REPLY) == BLOCKED
    lifted = said((Kind.PROVIDER_BLOCK, None), (Kind.PROVIDER_UNBLOCK, None), (Kind.ERASED, None))
    assert lifted.refuses(REPLY) == ""
    assert said((Kind.PROVIDER_BLOCK, None), (Kind.RESTART_ASKED, None)).refuses(REPLY) == ""


events = st.lists(st.tuples(st.sampled_from(Kind), st.none() | st.sampled_from(Purpose)))


@given(events)
def test_after_a_stop_nothing_goes_out_until_the_person_says_so(before):
    last = said(*before, (Kind.REVOKED, None))
    assert all(last.refuses(one) for one in ALL)


@given(events)
def test_only_consent_lets_us_sell(history):
    if not said(*history).refuses(MARKETING):
        assert any(
            kind in {Kind.GRANTED, Kind.CONFIRMED} and purpose in {None, MARKETING}
            for kind, purpose in history
        )
