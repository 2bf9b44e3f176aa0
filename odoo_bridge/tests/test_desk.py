"""The sync desk: what Odoo refused, with its own words, and what a person can do about it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from odoo_bridge.errors import EntryMovedOn
from odoo_bridge.models import OutboxEntry, PollCursor
from odoo_bridge.selectors.outbox import outbox_figures
from odoo_bridge.services.promise_payment import promise_payment
from odoo_bridge.services.retry_entry import retry_entry
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.mirrors import SaleOrderFactory

pytestmark = pytest.mark.django_db
State = OutboxEntry.State
DESK = reverse("odoo_bridge:desk")


@pytest.fixture
def parked(entry_in):
    return entry_in(
        State.PARKED,
        last_error="A lot number is required.",
        failed_step="crm.lead.load",
        attempts=1,
    )


def test_the_desk_shows_odoo_s_own_sentence_and_the_step(signed_in, parked):
    page = signed_in(Role.OFFICE).get(DESK).text

    assert "A lot number is required." in page
    assert "crm.lead.load" in page
    assert "A lead: T" in page


def test_the_desk_names_the_order_that_an_entry_is_about(signed_in):
    orders = [SaleOrderFactory(name="S00412", customer__name="Maria Alvarez", customer_odoo_id=1)]
    orders.append(SaleOrderFactory(name="S00413", customer=None, customer_odoo_id=1))
    by = signed_in(Role.OFFICE).user
    for order in orders:
        order.currency_odoo_id = 1
        promise_payment(
            order=order, amount=Decimal(9), collected_on=dt.date(2026, 11, 26), driver="W", by=by
        )

    page = signed_in(Role.OFFICE).get(DESK).text

    assert "A payment: S00412 · Maria Alvarez" in page
    assert "A payment: S00413<" in page


def test_the_figures_count_what_is_not_settled(entry_in, parked):
    for state in (State.QUEUED, State.SENDING, State.UNKNOWN, State.DONE):
        entry_in(state)

    figures = outbox_figures()

    assert (figures.waiting, figures.unknown, figures.parked) == (3, 1, 1)
    assert figures.oldest_at == OutboxEntry.objects.filter(state=State.QUEUED).get().created_at


def test_an_empty_desk_says_so(signed_in):
    page = signed_in(Role.OFFICE).get(DESK).text

    assert "everything is in Odoo" in page
    assert "Nothing. What Odoo refuses appears here" in page


def test_what_is_on_its_way_is_listed(signed_in, entry_in):
    entry_in(State.UNKNOWN, last_error="The connection was lost.")
    entry_in(State.QUEUED)

    page = signed_in(Role.OFFICE).get(DESK).text

    assert "Answer lost" in page
    assert "The connection was lost." in page
    assert "Waiting" in page


def test_a_mirror_that_odoo_does_not_let_us_read_is_named(signed_in):
    PollCursor.objects.create(mirror="Vehicle", trouble="Fleet is not installed.")

    assert (
        "Vehicle cannot be read from Odoo: Fleet is not installed."
        in signed_in(Role.OFFICE).get(DESK).text
    )
    assert str(PollCursor.objects.get()) == "Vehicle"


def test_a_retry_queues_it_with_fresh_tries_and_rings_the_bell(
    signed_in, parked, django_capture_on_commit_callbacks
):
    office = signed_in(Role.OFFICE)
    with django_capture_on_commit_callbacks() as bells:
        answer = office.post(reverse("odoo_bridge:entry-retry", args=[parked.pk]))

    parked.refresh_from_db()
    assert answer.status_code == 200
    assert (parked.state, parked.attempts) == (State.QUEUED, 0)
    assert len(bells) == 1
    row = AuditRow.objects.get()
    assert (row.by, row.what) == (office.user, "outbox entry retried")


def test_dropping_needs_a_note_and_keeps_it(signed_in, parked):
    office = signed_in(Role.OFFICE)
    drop = reverse("odoo_bridge:entry-drop", args=[parked.pk])
    refused = office.post(drop, {"note": " "})
    assert refused.status_code == 422
    assert "Write why this change is dropped." in refused.text
    assert OutboxEntry.objects.get().state == State.PARKED

    office.post(drop, {"note": "Entered by hand."})

    parked.refresh_from_db()
    assert (parked.state, parked.note) == (State.DROPPED, "Entered by hand.")
    assert AuditRow.objects.get().new == {"note": "Entered by hand."}


@pytest.mark.parametrize("act", ["retry", "drop"])
def test_who_comes_too_late_is_told_what_has_become_of_it(signed_in, parked, act):
    OutboxEntry.objects.update(state=State.QUEUED)

    answer = signed_in(Role.OFFICE).post(
        reverse(f"odoo_bridge:entry-{act}", args=[parked.pk]), {"note": "x"}
    )

    assert answer.status_code == 422
    assert "it is waiting now" in answer.text
    assert not AuditRow.objects.exists()


def test_the_refusal_is_one_of_ours(parked, person):
    OutboxEntry.objects.update(state=State.DONE)

    with pytest.raises(EntryMovedOn):
        retry_entry(entry_id=parked.pk, by=person(Role.OFFICE))


def test_the_director_reads_and_does_not_act(signed_in, parked):
    page = signed_in(Role.DIRECTOR).get(DESK).text

    assert "A lot number is required." in page
    assert "Try again" not in page


@pytest.mark.parametrize("number_of_entries", [1, 20])
def test_the_desk_takes_the_same_queries_however_many_entries(
    signed_in, entry_in, django_assert_num_queries, number_of_entries
):
    office = signed_in(Role.OFFICE)
    for _ in range(number_of_entries):
        entry_in(State.PARKED)

    # session, user, time zone; figures, parked, disputed, unknown, waiting, mirrors (2); the
    # reasons that several are parked for, and what is paused
    with django_assert_num_queries(13):
        office.get(DESK, headers={"HX-Request": "true"})
