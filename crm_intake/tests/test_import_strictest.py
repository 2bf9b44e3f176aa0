"""Whatever is imported, in whatever order: a stop is never lost, and an old consent lifts none."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_intake.importing.columns import Rows
from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.ledger.standing import ALL, Said, standing
from crm_intake.models import LedgerEvent
from crm_intake.selectors.consent import standing_of
from crm_intake.selectors.import_plan import plan_import
from crm_intake.selectors.ledger import breaks
from crm_intake.services.heed_blacklist import heed_blacklist
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.tests.importing import ANN, NOON, consent, message, read_rows, sale, take
from odoo_bridge.models import BlockedNumber, OutboxEntry

REPLY, DELIVERY, MARKETING = Purpose.REPLY, Purpose.DELIVERY, Purpose.MARKETING
AGREES = {Kind.GRANTED, Kind.CONFIRMED}
HISTORY = st.lists(
    st.builds(
        Said,
        kind=st.sampled_from(Kind),
        purpose=st.none() | st.sampled_from(Purpose),
        counts_from=st.integers(0, 9).map(lambda minutes: NOON + dt.timedelta(minutes=minutes)),
        place=st.integers(1, 99),
        imported=st.booleans(),
    )
)
DAYS = st.integers(1, 28).map("2024-02-{:02}T12:00:00Z".format)
ROWS = st.lists(
    st.one_of(
        st.tuples(st.just("consents"), st.builds(sale, at=DAYS)),
        st.tuples(st.just("consents"), st.builds(consent, at=DAYS)),
        st.tuples(st.just("consents"), st.builds(consent, status=st.just("revoked"), at=DAYS)),
        st.tuples(
            st.just("consents"),
            st.builds(consent, status=st.just("no"), at=DAYS, purpose=st.just("marketing")),
        ),
        st.tuples(st.just("opt-outs"), st.just({"phone": ANN})),
        st.tuples(
            st.just("messages"), st.builds(message, st.sampled_from(["STOP", "Hi"]), at=DAYS)
        ),
        st.tuples(st.just("messages"), st.builds(message, st.just("START"), at=DAYS)),
    ),
    max_size=8,
)


def is_old_consent(said):
    return said.imported and said.kind in AGREES


def record(kind, **values):
    return record_consent(
        number=ANN, kind=kind, source="staff", action="spoken", evidence=Evidence(), **values
    )


@given(HISTORY)
def test_an_old_consent_lifts_nothing(history):
    without = standing(one for one in history if not is_old_consent(one))
    now = standing(history)

    assert (now.stopped, now.blocked, now.asked) == (
        without.stopped,
        without.blocked,
        without.asked,
    )
    assert now.granted & now.once_stopped == without.granted & now.once_stopped
    for purpose in now.once_stopped:
        assert now.refuses(purpose) == without.refuses(purpose)


@given(HISTORY, st.randoms(use_true_random=False))
def test_it_does_not_matter_when_an_old_consent_comes(history, chance):
    moments = [one.counts_from for one in history if is_old_consent(one)]
    chance.shuffle(moments)
    moved = [
        Said(
            kind=one.kind,
            purpose=one.purpose,
            counts_from=moments.pop(),
            place=chance.randrange(1, 99),
            imported=True,
        )
        if is_old_consent(one)
        else one
        for one in history
    ]

    for purpose in standing(history).once_stopped:
        assert standing(moved).refuses(purpose) == standing(history).refuses(purpose)


def stops_in(rows):
    """Return for what the rows take consent back, read as simply as can be."""
    for kind, row in rows:
        if row.get("purpose") == "marketing" and row["status"] == "no":
            yield MARKETING
        elif kind == "opt-outs" or row.get("status") == "revoked" or row.get("body") == "STOP":
            yield from ALL


@pytest.mark.django_db
@pytest.mark.parametrize("before", [[], [Kind.REVOKED], [Kind.REVOKED, Kind.RESTART_ASKED]])
def test_the_strictest_wins_in_whatever_order_the_files_come(before):
    @settings(max_examples=15, deadline=None)
    @given(ROWS)
    def check(rows):
        with transaction.atomic():
            for kind in before:
                record(kind)
            for kind, row in rows:
                take(kind, row)
            stopped = set(stops_in(rows))
            if Kind.REVOKED in before:
                stopped |= {MARKETING} if Kind.RESTART_ASKED in before else ALL
            now = standing_of(ANN)
            assert now.stopped == stopped
            agreed = any(kind == "consents" and row.get("shown") for kind, row in rows)
            assert not now.refuses(MARKETING) or MARKETING in stopped or not agreed
            assert agreed or now.refuses(MARKETING)
            number = LedgerEvent.objects.count()
            assert sum(take(kind, row) for kind, row in rows) == 0
            assert LedgerEvent.objects.count() == number
            assert not list(breaks())
            transaction.set_rollback(True)

    check()


@pytest.mark.django_db
def test_who_said_stop_here_stays_stopped_and_the_consent_is_kept_as_proof():
    record(Kind.REVOKED)
    plan = plan_import(read_rows("consents", sale(), consent(at="2024-03-15")).good)
    assert (len(plan.new), plan.idle) == (2, 2)

    assert take("consents", sale()) == 1

    assert standing_of(ANN).refuses(MARKETING) == "person_said_stop"
    assert LedgerEvent.objects.get(kind="GRANTED").evidence.shown


@pytest.mark.django_db
def test_the_plan_counts_stops_and_what_they_make_idle():
    lines = [sale(), consent(), {**sale(at="2024-05-01"), "status": "no"}]
    lines = [{**dict.fromkeys(("purpose", "shown", "how"), ""), **line} for line in lines]
    plan = plan_import(read_rows(Rows.CONSENTS, *lines).good)

    assert (plan.stops, plan.idle) == (1, 1)


@pytest.mark.django_db
def test_who_agrees_here_afresh_may_be_sold_to_again():
    take("opt-outs", {"phone": ANN})
    record(Kind.GRANTED, purpose=MARKETING)
    take("consents", sale())

    assert standing_of(ANN).refuses(MARKETING) == ""
    assert standing_of(ANN).refuses(REPLY) == "person_said_stop"


@pytest.mark.django_db
def test_odoo_hears_of_an_old_stop_and_lifts_nothing_for_an_old_consent():
    take("consents", consent())
    take("consents", sale())
    assert not OutboxEntry.objects.exists()

    take("opt-outs", {"phone": ANN})
    assert OutboxEntry.objects.get().command == "BlockNumber"


@pytest.mark.django_db
def test_a_block_in_odoo_is_no_old_news_because_of_an_old_consent():
    BlockedNumber.objects.create(
        number=ANN, odoo_id=1, remote_write_date=timezone.now() - dt.timedelta(days=1)
    )
    take("consents", sale())

    assert heed_blacklist() == 1
    assert standing_of(ANN).refuses(MARKETING) == "person_said_stop"
