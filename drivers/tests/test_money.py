"""The money that a driver was given: kept, promised to Odoo, and never too much."""

import datetime as dt
import zoneinfo
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from drivers.models import Collection, StopAction
from drivers.tests.phone import CASH, phone_of
from odoo_bridge.models import OutboxEntry, Payment, Picking
from scheduling.selectors.collect import to_collect
from scheduling.services.follow_pickings import follow_pickings

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")


@pytest.fixture
def phone(stop):
    phone = phone_of(stop)
    assert phone.do("DELIVERED", stop) == DONE
    return phone


@pytest.fixture
def night():
    """The end of yesterday in New York, when it was today in Berlin."""
    today = timezone.localdate(timezone=zoneinfo.ZoneInfo("America/New_York"))
    begins = dt.datetime.combine(today, dt.time(0), zoneinfo.ZoneInfo("America/New_York"))
    return begins - dt.timedelta(minutes=90)


def collect(phone, stop, amount, **about):
    return phone.do("COLLECTED", stop, **{**CASH, "amount": amount, **about})


def test_cash_is_kept_with_the_payment_that_odoo_shall_book(phone, stop, night):
    assert collect(phone, stop, "412.00", at=night) == DONE

    collection, payment = Collection.objects.get(), Payment.objects.get()
    assert (collection.payment, collection.amount, payment.odoo_id) == (payment, 412, None)
    assert (collection.method, collection.due) == ("CASH", 412)
    assert (payment.order, payment.payment_date) == (stop.job.order, night.date())
    entry = OutboxEntry.objects.get(command="CollectPayment")
    assert entry.payload["amount"] == "412.00"
    assert entry.payload["payment_uuid"] == str(payment.uuid)
    assert str(collection) == f"collection {collection.pk}"


def test_the_day_of_a_payment_is_the_business_s_day(phone, stop, settings, night):
    act = phone.act("COLLECTED", stop, **CASH, amount="412.00", at=night)
    settings.BUSINESS_TIME_ZONE = "Europe/Berlin"

    assert phone.send(act) == [DONE]

    assert Payment.objects.get().payment_date == night.date() + dt.timedelta(days=1)


def test_a_check_is_kept_with_its_number(phone, stop):
    assert collect(phone, stop, "412", method="CHECK", number="1001") == DONE

    collection = Collection.objects.get()
    assert (collection.method, collection.check_number) == ("CHECK", "1001")


def test_less_than_what_is_due_says_why_and_the_rest_stays_due(phone, stop):
    verdict, words = collect(phone, stop, "400.00")
    assert (verdict, words) == ("REFUSED", "$\u00a0412.00 is due here. Say why it is less.")

    assert collect(phone, stop, "400.00", reason="Pays the rest on Friday") == DONE
    assert to_collect([stop]) == {stop.pk: Decimal("12.00")}
    assert Collection.objects.get().reason == "Pays the rest on Friday"

    verdict, words = collect(phone, stop, "12.01", reason="A tip")
    assert (verdict, words[:18]) == ("REFUSED", "$\u00a012.00 is due her")
    assert collect(phone, stop, "12.00") == DONE
    assert to_collect([stop]) == {stop.pk: 0}
    told = phone.told(stop)
    assert (told["collect"], told["collected"]) == ("0.00", "412.00")


def test_an_amount_without_a_currency_is_said_without_its_sign(phone, stop):
    stop.job.order.currency = None
    stop.job.order.save()

    assert collect(phone, stop, "500")[1].startswith("412.00 is due")


def test_an_order_of_which_nobody_knows_who_pays_takes_no_money(phone, stop):
    stop.job.order.customer_odoo_id = None
    stop.job.order.save()

    verdict, words = collect(phone, stop, "412.00")

    assert (verdict, "Call the office" in words) == ("REFUSED", True)
    assert not Payment.objects.exists()


def test_a_stop_that_was_finished_in_odoo_can_still_be_paid(stop):
    Picking.objects.filter(pk=stop.job.picking.pk).update(state="done", done_at=timezone.now())
    follow_pickings()

    assert collect(phone_of(stop), stop, "412.00") == DONE

    assert Collection.objects.get().amount == 412


def test_money_before_the_goods_is_refused(stop):
    verdict, words = collect(phone_of(stop), stop, "412.00")

    assert (verdict, words[:23]) == ("REFUSED", "Mark the delivery first")
    assert not Payment.objects.exists()


def test_the_database_refuses_nothing_for_money_and_a_check_without_a_number(phone, stop):
    about = {
        "action": StopAction.objects.get(),
        "stop": stop,
        "payment": Payment.objects.create(amount=0),
        "collected_at": timezone.now(),
    }
    for values, name in (
        ({"amount": 0}, "something_is_collected"),
        ({"amount": 1, "method": "CHECK"}, "a_check_has_a_number"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Collection.objects.create(**about, **values)


@pytest.mark.django_db(transaction=True)
def test_acts_at_once_are_never_too_much_money(phone, stop):
    acts = [phone.act("COLLECTED", stop, **CASH, amount="412.00") for _ in range(4)]
    acts[1] = acts[0]

    def send(act):
        try:
            return phone.post(act).json()["answers"][0]["verdict"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(send, acts))

    assert Collection.objects.count() == 1
    assert verdicts.count("REFUSED") >= 2
