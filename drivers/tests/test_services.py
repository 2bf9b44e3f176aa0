"""What a driver does at a stop: once, in order, and never for somebody else."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from drivers.errors import NobodyToCharge, NotDeliveredYet, TapReused, TooMuchMoney
from drivers.models import Collection, StopAction
from drivers.services.act_once import Tap
from drivers.services.collect_money import collect_money
from drivers.services.deliver_stop import deliver_stop
from odoo_bridge.models import OutboxEntry, Payment, Picking
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.core.errors import UserFacingError
from portal.testing.yard import StopFactory
from scheduling.errors import JobClosed, StopGone
from scheduling.models import Job
from scheduling.selectors.collect import to_collect
from scheduling.services.follow_pickings import follow_pickings
from scheduling.services.plan_job import Spot, plan_job
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 27, 3, 30, tzinfo=dt.UTC)  # still the 26th in New York


@pytest.fixture
def stop():
    return StopFactory(
        job__picking__order__customer_odoo_id=7, job__picking__order__currency_odoo_id=1
    )


def tap_at(stop, tap=None):
    return Tap(submission_id=tap or uuid.uuid4(), at=NOW, by=stop.run.driver.user)


def deliver(stop, *, tap=None):
    deliver_stop(stop_id=stop.pk, tap=tap_at(stop, tap))
    stop.refresh_from_db()


def collect(stop, amount, *, tap=None):
    collect_money(stop_id=stop.pk, amount=Decimal(amount), tap=tap_at(stop, tap))


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


def test_a_tap_that_meant_something_else_before_is_refused(stop):
    first, second = uuid.uuid4(), uuid.uuid4()
    deliver(stop, tap=first)
    collect(stop, "10.00", tap=second)

    with pytest.raises(TapReused):
        collect(stop, "20.00", tap=first)
    with pytest.raises(TapReused):
        collect(stop, "20.00", tap=second)
    other = StopFactory(run=stop.run, position=1)
    with pytest.raises(TapReused):
        deliver(other, tap=first)

    assert [one.amount for one in Collection.objects.all()] == [10]
    other.refresh_from_db()
    assert other.done_at is None


def test_a_stop_that_the_office_took_away_or_gave_to_another_is_refused(stop, person):
    tap = tap_at(stop)
    stop.run.driver = None
    stop.run.save()
    with pytest.raises(StopGone, match="to somebody else"):
        deliver_stop(stop_id=stop.pk, tap=tap)
    key = stop.pk
    stop.delete()
    with pytest.raises(StopGone, match="off its run"):
        deliver_stop(stop_id=key, tap=tap)

    assert not StopAction.objects.exists()


def test_an_order_of_which_nobody_knows_who_pays_takes_no_money(stop):
    deliver(stop)
    stop.job.order.customer_odoo_id = None
    stop.job.order.save()

    with pytest.raises(NobodyToCharge, match="Call the office"):
        collect(stop, "412.00")

    assert not Payment.objects.exists()


def test_a_stop_that_was_finished_in_odoo_can_still_be_paid(stop):
    Picking.objects.filter(pk=stop.job.picking.pk).update(state="done", done_at=NOW)
    follow_pickings()

    collect(stop, "412.00")

    assert Collection.objects.get().amount == 412


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


@pytest.mark.django_db(transaction=True)
def test_a_driver_who_delivers_while_the_office_moves_the_stop_keeps_the_delivery(stop, person):
    office, run = person(Role.OFFICE), stop.run
    spot = Spot(truck_id=run.truck_id, day=run.day, position=0)

    def act(number):
        try:
            if number == 0:
                deliver(stop)
            elif number % 2:
                plan_job(job_id=stop.job_id, seen=0, spot=spot, by=office)
            else:
                unplan_job(job_id=stop.job_id, seen=0, by=office)
        except UserFacingError as refusal:
            return type(refusal)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(5) as pool:
        outcomes = list(pool.map(act, range(5)))

    stop.job.refresh_from_db()
    delivered = outcomes[0] is None
    assert delivered or outcomes[0] is StopGone
    assert (stop.job.state == Job.State.DONE) is delivered
    assert StopAction.objects.exists() is delivered


def test_a_stop_that_is_moved_stays_the_one_that_the_driver_has_open(stop, person):
    StopFactory(run=stop.run, position=1)
    key, spot = stop.pk, Spot(truck_id=stop.run.truck_id, day=stop.run.day, position=1)

    plan_job(job_id=stop.job_id, seen=0, spot=spot, by=person(Role.OFFICE))
    stop.refresh_from_db()
    deliver(stop)

    assert (stop.pk, stop.position) == (key, 1)
    assert stop.done_at == NOW
