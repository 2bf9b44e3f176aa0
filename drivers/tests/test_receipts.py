"""The customer gets the receipt as a text: if it is wanted, once, through the gate."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.ledger.kinds import Kind
from crm_intake.models import OutgoingText
from crm_intake.services.record_consent import Evidence, record_consent
from drivers.models import Collection, DriverRules, Tracking
from drivers.services import text_receipt
from drivers.tests.phone import CASH
from odoo_bridge.models import Partner, SaleOrder
from portal.setup.selectors.profile import business_zone

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")
NUMBER = "+16065550123"
ALL = CASH | {"amount": "412.00"}


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Let it be a noon, at which texts may go."""
    day = timezone.localdate()
    time_machine.move_to(dt.datetime.combine(day, dt.time(12), business_zone()))


@pytest.fixture
def delivered(stop, phone):
    """Let the business want receipts, and the goods be with a customer who has a number."""
    Partner.objects.filter(pk=stop.job.picking.destination_id).update(phone="(606) 555-0123")
    DriverRules.objects.create(pk=1, text_receipt=True)
    assert phone.do("DELIVERED", stop) == DONE
    return stop


def test_a_receipt_is_texted_once_a_collection(phone, delivered, settings):
    settings.PUBLIC_URL = "https://yard.example"
    act = phone.act("COLLECTED", delivered, **ALL)

    assert phone.send(act, act) == [DONE, DONE]

    [text] = OutgoingText.objects.all()
    link = f"https://yard.example/t/{Tracking.objects.get().token}/receipt.pdf"
    name = delivered.job.name
    assert text.text == f"Yardmaster: we got $412.00 in cash for {name}. Receipt: {link}"
    assert (text.number, text.purpose, text.state) == (NUMBER, "DELIVERY", "QUEUED")
    collection = Collection.objects.get()
    assert collection.receipt == text
    assert text.not_after - collection.collected_at == dt.timedelta(hours=12)


def test_a_check_is_named_by_its_number(phone, delivered):
    phone.do("COLLECTED", delivered, method="CHECK", number="1042", amount="412.00", reason="")
    assert "we got $412.00 by check no. 1042 for" in OutgoingText.objects.get().text


def test_a_currency_that_is_not_mirrored_yet_is_not_named(phone, delivered):
    SaleOrder.objects.update(currency=None)
    phone.do("COLLECTED", delivered, **ALL)
    assert "we got 412.00 in cash" in OutgoingText.objects.get().text


@pytest.mark.parametrize("why", ["not wanted", "no number", "too late"])
def test_nothing_is_texted_without_a_wish_a_number_or_in_vain(phone, delivered, why):
    at = timezone.now()
    if why == "not wanted":
        DriverRules.objects.all().delete()
    elif why == "no number":
        Partner.objects.update(phone="")
    else:
        at -= text_receipt.RECEIPT_MAY_WAIT
    [answer] = phone.send(phone.act("COLLECTED", delivered, at=at, **ALL))

    assert answer == DONE
    assert Collection.objects.get().receipt is None
    assert not OutgoingText.objects.exists()
    assert not Tracking.objects.exists()


def test_what_the_gate_refuses_is_no_error_of_the_drivers(phone, delivered):
    said = Evidence(wording="STOP")
    record_consent(number=NUMBER, kind=Kind.REVOKED, source="text", action="keyword", evidence=said)
    assert phone.do("COLLECTED", delivered, **ALL) == DONE

    text = Collection.objects.get().receipt
    assert (text.state, text.rule) == ("REFUSED", "person_said_stop")


def test_the_fourth_text_of_a_day_waits(phone, delivered, time_machine):
    sent_at = timezone.now() - dt.timedelta(hours=18)
    for number in range(3):
        text = OutgoingText.objects.create(
            number=NUMBER, text=f"{number}", purpose="DELIVERY", segments=1, state="SENT"
        )
        OutgoingText.objects.filter(pk=text.pk).update(created_at=sent_at, settled_at=sent_at)
    phone.do("COLLECTED", delivered, **ALL)

    text = Collection.objects.get().receipt
    assert (text.state, text.rule) == ("HELD", "too_many")
    assert text.not_before <= text.not_after
