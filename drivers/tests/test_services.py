"""What a driver does at a stop: once, in order, and never for somebody else."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from drivers.errors import NotDeliveredYet, TooMuchMoney
from drivers.models import Collection, StopAction
from drivers.services.collect_money import Cash, collect_money
from drivers.services.deliver_stop import deliver_stop
from odoo_bridge.models import OutboxEntry, Payment
from portal.audit.models import AuditRow
from portal.testing.yard import StopFactory
from scheduling.errors import JobClosed
from scheduling.models import Job
from scheduling.selectors.collect import to_collect

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 27, 3, 30, tzinfo=dt.UTC)  # still the 26th in New York


@pytest.fixture
def stop():
    return StopFactory(
        job__picking__order__customer_odoo_id=7, job__picking__order__currency_odoo_id=1
    )


def deliver(stop, *, tap=None):
    who = stop.run.driver.user
    deliver_stop(stop_id=stop.pk, submission_id=tap or uuid.uuid4(), at=NOW, by=who)
    stop.refresh_from_db()


def collect(stop, amount, *, tap=None):
    cash = Cash(amount=Decimal(amount), at=NOW)
    who = stop.run.driver.user
    collect_money(stop_id=stop.pk, submission_id=tap or uuid.uuid4(), cash=cash, by=who)


def test_a_delivery_is_done_here_and_promised_to_odoo(stop):
    tap = uuid.uuid4()

    deliver(stop, tap=tap)

    stop.job.refresh_from_db()
    action = StopAction.objects.get()
    assert (stop.done_at, stop.job.state) == (NOW, Job.State.DONE)
    assert (action.submission_id, action.what, action.done_at) == (tap, "DELIVERED", NOW)
    entry = OutboxEntry.objects.get()
    assert (entry.command, entry.stream.key) == (
        "CompleteDelivery",
        f"order:{stop.job.order.uuid}",
    )
    assert entry.payload["delivery_uuid"] == str(action.uuid)
    assert entry.payload["picking_odoo_id"] == stop.job.picking.odoo_id
    assert entry.payload["driver"] == str(stop.run.driver.user)
    assert AuditRow.objects.get().what == "delivered"


def test_the_same_tap_again_changes_nothing(stop):
    tap, payment = uuid.uuid4(), uuid.uuid4()
    for _ in range(2):
        deliver(stop, tap=tap)
        collect(stop, "412.00", tap=payment)

    assert StopAction.objects.count() == 2
    assert Collection.objects.count() == 1
    assert OutboxEntry.objects.count() == 2


def test_another_tap_on_a_stop_that_is_done_is_refused(stop):
    deliver(stop)

    with pytest.raises(JobClosed, match="is done already"):
        deliver(stop)

    assert StopAction.objects.count() == 1


def test_a_stop_that_the_office_cancelled_is_not_delivered(stop):
    Job.objects.update(state=Job.State.CANCELLED)

    with pytest.raises(JobClosed, match="is cancelled already"):
        deliver(stop)

    assert not OutboxEntry.objects.exists()


def test_cash_is_kept_with_the_payment_that_odoo_shall_book(stop):
    deliver(stop)

    collect(stop, "412.00")

    collection, payment = Collection.objects.get(), Payment.objects.get()
    assert (collection.payment, collection.amount, payment.odoo_id) == (payment, 412, None)
    assert (payment.order, payment.payment_date) == (stop.job.order, dt.date(2026, 11, 26))
    entry = OutboxEntry.objects.last()
    assert (entry.command, entry.payload["amount"]) == ("CollectPayment", "412.00")
    assert entry.payload["payment_uuid"] == str(payment.uuid)
    assert [e.command for e in OutboxEntry.objects.order_by("seq")] == [
        "CompleteDelivery",
        "CollectPayment",
    ]
    assert str(collection) == f"collection {collection.pk}"
    assert str(collection.action) == f"COLLECTED {collection.action.submission_id}"


def test_the_day_of_a_payment_is_the_business_s_day(stop, settings):
    settings.BUSINESS_TIME_ZONE = "Europe/Berlin"
    deliver(stop)

    collect(stop, "412.00")

    assert Payment.objects.get().payment_date == dt.date(2026, 11, 27)


def test_what_is_taken_is_not_asked_for_again(stop):
    deliver(stop)
    collect(stop, "400.00")
    assert to_collect([stop]) == {stop.pk: Decimal("12.00")}

    with pytest.raises(TooMuchMoney, match=r"\$\u00a012.00 is due here"):
        collect(stop, "12.01")
    collect(stop, "12.00")

    assert to_collect([stop]) == {stop.pk: 0}
    assert Collection.objects.count() == 2


def test_an_amount_without_a_currency_is_said_without_its_sign(stop):
    stop.job.order.currency = None
    stop.job.order.save()
    deliver(stop)

    with pytest.raises(TooMuchMoney, match=r"^412\.00 is due"):
        collect(stop, "500")


def test_money_before_the_goods_is_refused(stop):
    with pytest.raises(NotDeliveredYet, match="Mark the delivery first"):
        collect(stop, "412.00")

    assert not StopAction.objects.exists()


def test_the_database_keeps_acts_and_refuses_nothing_for_money(stop):
    deliver(stop)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        StopAction.objects.update(done_at=timezone.now())
    payment = Payment.objects.create(amount=0)

    with pytest.raises(IntegrityError, match="something_is_collected"), transaction.atomic():
        Collection.objects.create(
            action=StopAction.objects.get(), stop=stop, payment=payment, amount=0, collected_at=NOW
        )


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_are_one_act_and_never_too_much_money(stop):
    deliver(stop)
    tap = uuid.uuid4()

    def try_it(submission_id):
        try:
            collect(stop, "412.00", tap=submission_id)
        except TooMuchMoney:
            return "refused"
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(try_it, [tap, tap, uuid.uuid4(), uuid.uuid4()]))

    assert Collection.objects.count() == 1
    assert outcomes.count("refused") >= 2
