"""Consent to a category of texts, and stops that name one."""

import datetime as dt

import pytest

from crm_intake.ledger.kinds import IMPORTED, Kind, Purpose
from crm_intake.ledger.standing import Said, Standing, standing
from crm_intake.models import LedgerEvent
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.services.send_text import send_text
from crm_intake.tasks import send_texts
from crm_intake.tests.sending import ANN, NOON, fresh
from odoo_bridge.models import OutboxEntry

MARKETING, DELIVERY = Purpose.MARKETING, Purpose.DELIVERY
STOPPED, UNWRITTEN = "person_said_stop", "no_written_consent"


def said(*events, after=0) -> Standing:
    """Fold events of (kind, purpose, category), a minute apart."""
    return standing(
        Said(
            kind=Kind(kind.removeprefix("IMPORTED ")),
            purpose=purpose,
            category=category,
            counts_from=NOON + dt.timedelta(minutes=place),
            place=place,
            imported=kind.startswith("IMPORTED"),
        )
        for place, (kind, purpose, category) in enumerate(events, after)
    )


@pytest.mark.parametrize(
    ("events", "fall", "spring", "unknown"),
    [
        ([("GRANTED", MARKETING, "Fall")], "", UNWRITTEN, UNWRITTEN),
        ([("IMPORTED GRANTED", MARKETING, "Fall")], "", UNWRITTEN, UNWRITTEN),
        ([("GRANTED", MARKETING, "")], "", "", ""),
        ([("GRANTED", None, "Fall")], "", UNWRITTEN, UNWRITTEN),
        ([("GRANTED", MARKETING, ""), ("REVOKED", MARKETING, "Fall")], *[STOPPED] * 3),
        ([("GRANTED", MARKETING, "Fall"), ("REVOKED", MARKETING, "Fall")], *[STOPPED] * 3),
        ([("GRANTED", MARKETING, "Fall"), ("REVOKED", None, "")], *[STOPPED] * 3),
        ([("GRANTED", MARKETING, "Fall"), ("REVOKED", DELIVERY, "")], "", UNWRITTEN, UNWRITTEN),
        ([("REVOKED", None, ""), ("GRANTED", MARKETING, "Fall")], "", STOPPED, STOPPED),
        ([("REVOKED", None, ""), ("IMPORTED GRANTED", MARKETING, "Fall")], *[STOPPED] * 3),
        ([("REVOKED", None, "Fall"), ("RESTART_ASKED", None, "")], *[STOPPED] * 3),
    ],
)
def test_consent_is_to_its_category_and_a_stop_ends_all_of_its_kind(events, fall, spring, unknown):
    now = said(*events)

    refused = [now.refuses(MARKETING, category) for category in ("Fall", "Spring", "")]

    assert refused == [fall, spring, unknown]


@pytest.mark.parametrize(("stopped_after", "rule"), [(-9, ""), (9, STOPPED)])
@pytest.mark.parametrize("own", [[], [("REVOKED", MARKETING, "")]])
def test_a_later_stop_from_another_number_ends_a_category_too(stopped_after, rule, own):
    now = said(*own, ("GRANTED", MARKETING, "Fall"))

    now.heed(said(("REVOKED", MARKETING, "Spring"), after=stopped_after))

    assert now.refuses(MARKETING, "Fall") == rule
    assert now.refuses(MARKETING, "Spring") == STOPPED


def agree(kind=Kind.GRANTED, source="staff", category="Fall", purpose=MARKETING):
    return record_consent(
        number=ANN,
        kind=kind,
        purpose=purpose,
        category=category,
        source=source,
        action="signature",
        evidence=Evidence(),
    )


def wanted(category, words="Oak is in.", purpose=MARKETING):
    return send_text(number=ANN, text=words, purpose=purpose, by=None, category=category)


def test_a_text_goes_to_who_agreed_to_its_category(noon, db, provider):
    agree()

    fall, spring, unknown = wanted("Fall"), wanted("Spring"), wanted("")
    send_texts()

    assert (fresh(fall).state, fall.category) == ("SENT", "Fall")
    assert [(one.state, one.rule) for one in (spring, unknown)] == [("REFUSED", UNWRITTEN)] * 2


def test_news_of_a_category_goes_to_a_stranger_who_asked_for_it(noon, db):
    agree(purpose=DELIVERY, category="Fall")

    assert wanted("Fall", purpose=DELIVERY).state == "QUEUED"
    assert wanted("", purpose=DELIVERY).rule == "no_consent"


def test_a_stop_of_a_category_counts_at_the_moment_of_sending(noon, db, provider):
    agree()
    text = wanted("Fall")
    agree(kind=Kind.REVOKED)

    send_texts()

    assert (fresh(text).state, text.rule, provider.kept) == ("REFUSED", STOPPED, [])


def test_consent_to_a_category_lifts_no_block_in_odoo(db):
    agree(kind=Kind.REVOKED)
    agree()
    assert not OutboxEntry.objects.filter(command="UnblockNumber").exists()

    agree(category="")
    assert OutboxEntry.objects.filter(command="UnblockNumber").count() == 1


def test_what_was_imported_for_a_category_is_for_it_alone(noon, db):
    agree(source=IMPORTED)

    assert LedgerEvent.objects.get().category == "Fall"
    assert (wanted("Fall").state, wanted("").rule) == ("QUEUED", UNWRITTEN)
