"""The director's page: every figure is what it says it is, and says how old it is."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from crm_intake.models import Call, Lead, WebhookDelivery
from drivers.models import Collection, StopAction
from odoo_bridge.models import Invoice, LeadRecord, OutboxEntry, Payment, PollCursor, Stream
from portal.accounts.models import Role
from portal.dashboard.selectors.day import figures_of
from portal.testing.mirrors import CurrencyFactory
from portal.testing.yard import StopFactory
from scheduling.models import Job

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 26)
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


@pytest.fixture
def dollar():
    return CurrencyFactory()


@pytest.fixture
def euro():
    return CurrencyFactory(odoo_id=2, name="EUR", symbol="€")


def collect(amount, *, at=NOON, currency=None, odoo_id=None):
    stop = StopFactory(run__day=DAY)
    action = StopAction.objects.create(
        submission_id=uuid.uuid4(),
        stop=stop,
        what=StopAction.What.COLLECTED,
        by=stop.run.driver.user,
        done_at=at,
    )
    payment = Payment.objects.create(amount=amount, currency=currency, odoo_id=odoo_id)
    Collection.objects.create(
        action=action, stop=stop, payment=payment, amount=amount, collected_at=at
    )


def invoice(residual, **values):
    defaults = {"kind": "out_invoice", "state": "posted", "due_date": DAY, "total": 1000}
    number = Invoice.objects.count() + 1
    Invoice.objects.create(odoo_id=number, residual=residual, **{**defaults, **values})


def test_deliveries_are_the_stops_of_today_s_runs_without_the_cancelled_ones():
    StopFactory(run__day=DAY, done_at=NOON)
    StopFactory(run__day=DAY)
    StopFactory(run__day=DAY, job__state=Job.State.CANCELLED)
    StopFactory(run__day=DAY + dt.timedelta(days=1))

    deliveries = figures_of(day=DAY).deliveries

    assert (deliveries.planned, deliveries.done) == (2, 1)


def test_collected_is_today_s_cash_by_currency_and_what_odoo_has_not_booked(dollar, euro):
    collect(100, currency=dollar, odoo_id=1)
    collect("50.50", currency=dollar)
    collect(900, currency=euro, odoo_id=2)
    collect(7, at=NOON - dt.timedelta(days=1), currency=dollar)

    amounts = figures_of(day=DAY).collected

    assert [(a.currency, a.total, a.part) for a in amounts] == [
        ("€", 900, 0),
        ("$", Decimal("150.50"), Decimal("50.50")),
    ]


def test_dollars_of_two_countries_are_not_added_together(dollar):
    canadian = CurrencyFactory(odoo_id=3, name="CAD", symbol="$")
    collect(100, currency=dollar)
    collect(70, currency=canadian)
    invoice(5, currency=dollar)
    invoice(6, currency=canadian)

    figures = figures_of(day=DAY)

    assert [a.total for a in figures.collected] == [100, 70]
    assert [a.total for a in figures.receivables] == [6, 5]


def test_cash_that_was_given_up_is_not_counted(dollar):
    collect(100, currency=dollar, odoo_id=1)
    Payment.objects.update(state="canceled")

    assert figures_of(day=DAY).collected == []


def test_the_day_ends_at_the_business_s_midnight():
    late = dt.datetime(2026, 11, 27, 3, 30, tzinfo=dt.UTC)
    collect(100, at=late)

    with timezone.override("America/New_York"):
        assert [a.total for a in figures_of(day=DAY).collected] == [100]
    assert figures_of(day=DAY).collected == []


def test_receivables_are_open_posted_invoices_less_credit_notes(dollar):
    invoice(400, currency=dollar)
    invoice(300, currency=dollar, due_date=DAY - dt.timedelta(days=1))
    invoice(50, currency=dollar, kind="out_refund", due_date=None)
    invoice(0, currency=dollar)
    invoice(999, currency=dollar, state="draft")
    invoice(888, currency=dollar, deleted_at=timezone.now())
    invoice(5, currency=None)

    amounts = figures_of(day=DAY).receivables

    assert [(a.currency, a.total, a.part) for a in amounts] == [("$", 650, 300), ("", 5, 0)]


def test_new_leads_are_those_since_midnight():
    delivery = WebhookDelivery.objects.create(
        provider="quo", delivery_id="1", body=b"", received_at=NOON
    )
    for number, at in enumerate([NOON, NOON - dt.timedelta(days=1)]):
        call = Call.objects.create(
            provider="quo", event_key=str(number), delivery=delivery, occurred_at=at
        )
        lead = Lead.objects.create(record=LeadRecord.objects.create(name="Call"), call=call)
        Lead.objects.filter(pk=lead.pk).update(created_at=at)

    assert figures_of(day=DAY).leads == 1


def test_the_page_shows_the_figures_and_their_age(signed_in, dollar):
    director = signed_in(Role.DIRECTOR)
    page = director.get("/director/").text
    for words in ("nothing is planned for today", "never read", "everything is in Odoo", "live"):
        assert words in page
    read = timezone.now() - dt.timedelta(seconds=12)
    PollCursor.objects.create(mirror="Invoice", finished_at=read)
    invoice(300, currency=dollar, due_date=dt.date(2026, 1, 1))
    collect(100, at=timezone.now(), currency=dollar)
    for seq, state in enumerate(["PARKED", "QUEUED"], start=1):
        OutboxEntry.objects.create(
            stream=Stream.objects.get_or_create(key="lead:1")[0],
            seq=seq,
            command="RecordLead",
            payload={},
            target="lead:1",
            state=state,
            not_before=timezone.now(),
        )

    page = director.get("/director/").text

    for words in ("12\u00a0s", "300.00 overdue", "100.00 not in Odoo yet", "1 need a person"):
        assert words in page, words
    assert "oldest 0" in page


def test_htmx_gets_the_figures_alone(signed_in):
    answer = signed_in(Role.DIRECTOR).get("/director/", headers={"HX-Request": "true"})

    assert answer.text.strip().startswith('<div id="figures"')


@pytest.mark.parametrize("number", [1, 20])
def test_the_figures_take_the_same_queries_however_much_happens(
    django_assert_num_queries, number, dollar
):
    for _ in range(number):
        collect(10, currency=dollar)
        invoice(10, currency=dollar)

    with django_assert_num_queries(6):
        figures_of(day=DAY)


@pytest.mark.parametrize(
    ("role", "home"), [(Role.DRIVER, "/driver/"), (Role.DIRECTOR, "/director/")]
)
def test_who_has_a_page_of_their_own_comes_home_to_it(signed_in, role, home):
    assert signed_in(role).get("/").url == home


@pytest.mark.parametrize(("known", "shown"), [(True, "$\u00a00.00"), (False, "USD\u00a00.00")])
def test_no_money_is_no_money_of_the_business_s_own_currency(signed_in, known, shown):
    if known:
        CurrencyFactory()

    page = signed_in(Role.DIRECTOR).get("/director/").text

    assert page.count(shown) == 2
