"""A customer pays by card: Odoo makes the page, and its address is texted once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from crm_intake.models import OutgoingText
from drivers.models import CardLink, Collection, StopAction
from drivers.services.ask_by_card import text_card_links
from drivers.services.decide_act import decide_act
from drivers.tasks import text_links
from drivers.tests.phone import CASH, phone_of
from odoo_bridge.models import OutboxEntry, Partner, PaymentLink
from odoo_bridge.services.promise_payment_link import promise_payment_link
from portal.core.errors import UserFacingError
from portal.core.templatetags.figures import money
from portal.setup.selectors.profile import business_zone
from portal.testing.mirrors import SaleOrderFactory
from portal.testing.yard import StopFactory
from scheduling.models import Job
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")
URL = "https://odoo.example/my/invoices/7?access_token=secret"
NUMBER = "+16065550123"


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Let it be a noon at which texts may go."""
    day = timezone.localdate()
    time_machine.move_to(dt.datetime.combine(day, dt.time(12), business_zone()))


@pytest.fixture
def stop():
    known = {"customer_odoo_id": 7, "currency_odoo_id": 1}
    about = {f"job__picking__order__{name}": value for name, value in known.items()}
    stop = StopFactory(**about)
    reach(stop, "(606) 555-0123")
    return stop


def reach(stop, phone):
    Partner.objects.filter(pk=stop.job.picking.destination_id).update(phone=phone)


@pytest.fixture
def phone(stop):
    phone = phone_of(stop)
    assert phone.send(phone.act("DELIVERED", stop, lines=[])) == [DONE]
    return phone


def odoo_answers():
    PaymentLink.objects.update(url=URL)


def test_odoo_is_asked_once_and_the_customer_told_once(phone, stop):
    act = phone.act("CARD_LINK", stop, amount="412.00")

    assert phone.send(act) == phone.send(act) == [DONE]

    [entry] = OutboxEntry.objects.filter(command="MakePaymentLink")
    link, row = PaymentLink.objects.get(), CardLink.objects.get()
    assert entry.stream.key == f"order:{stop.job.order.uuid}"
    assert entry.payload["link_uuid"] == str(link.uuid)
    assert (link.amount, str(row)) == (Decimal("412.00"), f"card link {row.pk}")
    assert not Collection.objects.exists(), "no money was taken"
    text_links()
    assert not OutgoingText.objects.exists(), "Odoo has not made the page yet"

    odoo_answers()
    assert (text_card_links(), text_card_links()) == (1, 0)
    text = OutgoingText.objects.get()
    name = stop.job.order.name
    symbol = stop.job.order.currency.symbol if stop.job.order.currency else ""
    amount = money(Decimal(412), symbol).replace("\u00a0", " ")  # as a text has it
    assert text.text == f"Yardmaster: pay {amount} for {name} by card here: {URL}"
    assert (text.number, text.wanted_by, text.purpose) == (NUMBER, None, "DELIVERY")


def test_the_same_amount_is_asked_for_once(phone, stop):
    phone.send(phone.act("CARD_LINK", stop, amount="412.00"))

    [(verdict, words)] = phone.send(phone.act("CARD_LINK", stop, amount="412.00"))

    assert (verdict, "asked for already" in words) == ("REFUSED", True)
    assert PaymentLink.objects.count() == 1


def test_who_has_paid_cash_meanwhile_is_not_texted_to_pay_by_card(phone, stop):
    phone.send(phone.act("CARD_LINK", stop, amount="412.00"))
    assert phone.send(phone.act("COLLECTED", stop, **CASH, amount="412.00")) == [DONE]
    odoo_answers()

    text_card_links()

    assert not OutgoingText.objects.exists()
    assert CardLink.objects.get().texted_at is not None


def test_whose_number_went_meanwhile_is_not_asked_for_ever(phone, stop):
    phone.send(phone.act("CARD_LINK", stop, amount="412.00"))
    odoo_answers()
    Partner.objects.update(phone="")

    assert (text_card_links(), text_card_links()) == (1, 0)
    assert CardLink.objects.get().text is None


@pytest.mark.parametrize(
    ("amount", "said"), [("500", "is due here"), ("0", "Amount: "), ("10000000", "Amount: ")]
)
def test_an_odd_amount_is_refused(phone, stop, amount, said):
    [(verdict, words)] = phone.send(phone.act("CARD_LINK", stop, amount=amount))

    assert (verdict, said in words) == ("REFUSED", True)
    assert not PaymentLink.objects.exists()


def test_before_the_goods_or_without_a_number_there_is_no_link(stop):
    phone = phone_of(stop)
    [(_, early)] = phone.send(phone.act("CARD_LINK", stop, amount="412.00"))
    assert early.startswith("Mark the delivery first")
    Partner.objects.update(phone="")
    phone.send(phone.act("DELIVERED", stop, lines=[]))

    [(verdict, words)] = phone.send(phone.act("CARD_LINK", stop, amount="412.00"))

    assert (verdict, "Take cash or a check" in words) == ("REFUSED", True)


def test_what_was_kept_is_asked_for_when_the_office_lets_it_count(stop):
    phone, office = phone_of(stop), StopFactory().run.driver.user
    delivered = phone.act("DELIVERED", stop, lines=[])
    by_card = phone.act("CARD_LINK", stop, after=delivered["id"], amount="412.00")
    seen = Job.objects.get(pk=stop.job_id).moves
    unplan_job(job_id=stop.job_id, seen=seen, by=office)
    assert [verdict for verdict, _ in phone.send(delivered, by_card)] == ["KEPT", "KEPT"]
    first, second = StopAction.objects.order_by("pk")

    with pytest.raises(UserFacingError, match="Decide about the delivery first"):
        decide_act(action_id=second.pk, counts=True, note="", by=office)
    decide_act(action_id=first.pk, counts=True, note="", by=office)
    decide_act(action_id=second.pk, counts=True, note="", by=office)

    assert CardLink.objects.get().action == second


def test_an_order_that_odoo_does_not_have_cannot_be_paid_there(stop):
    order = SaleOrderFactory(odoo_id=None)

    with pytest.raises(ValueError, match="that Odoo has"):
        promise_payment_link(order=order, amount=Decimal(1), by=stop.run.driver.user)
