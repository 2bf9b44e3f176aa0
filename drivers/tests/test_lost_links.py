"""A link to pay by card that never reached the customer is seen, by the office and the driver."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from crm_intake.models import OutgoingText
from drivers.models import CardLink
from drivers.selectors.lost_links import links_to_settle
from drivers.services.ask_by_card import text_card_links
from drivers.tests.phone import CASH, phone_of
from odoo_bridge.models import Partner, PaymentLink
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.setup.selectors.profile import business_zone
from portal.testing.yard import StopFactory

pytestmark = pytest.mark.django_db
ROAD = reverse("drivers:road")
HTMX = {"HX-Request": "true"}
DONE = ("APPLIED", "")
WHY = "Online payments are not set up."
AMOUNT = "412.00"
KNOWN = {"job__picking__order__customer_odoo_id": 7, "job__picking__order__currency_odoo_id": 1}


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Let it be a noon at which texts may go."""
    day = timezone.localdate()
    time_machine.move_to(dt.datetime.combine(day, dt.time(12), business_zone()))


@pytest.fixture
def stop():
    stop = StopFactory(**KNOWN)
    Partner.objects.filter(pk=stop.job.picking.destination_id).update(phone="(606) 555-0123")
    return stop


@pytest.fixture
def phone(stop):
    """The driver has delivered, and asked for a link to pay by card."""
    phone = phone_of(stop)
    assert phone.send(phone.act("DELIVERED", stop, lines=[])) == [DONE]
    assert phone.do("CARD_LINK", stop, amount=AMOUNT) == DONE
    return phone


def odoo_says(*, why="", url=""):
    PaymentLink.objects.filter(url="", why="").update(why=why, url=url)


def texted(state, **about):
    """Let the link be texted, and this become of the text."""
    odoo_says(url="https://odoo.example/pay")
    text_card_links()
    OutgoingText.objects.update(state=state, **about)


def to_settle():
    return links_to_settle(now=timezone.now())


def settle(office, link, note):
    return office.post(reverse("drivers:settle-link", args=[link]), {"note": note}, headers=HTMX)


def test_what_odoo_made_no_page_for_is_seen_and_settled(phone, stop, signed_in):
    office = signed_in(Role.OFFICE)
    assert "To decide" not in office.get(ROAD).text
    odoo_says(why=WHY)
    row = CardLink.objects.get()

    page = office.get(ROAD).text
    assert ("not sent" in page, WHY in page, "412.00" in page) == (True, True, True)
    assert phone.told(stop)["card_failed"] == WHY
    refused = settle(office, row.pk, "")
    assert (refused.status_code, "Say how it was settled" in refused.text) == (422, True)

    assert "It is settled." in settle(office, row.pk, "They pay at the yard").text
    assert WHY not in office.get(ROAD).text
    assert phone.told(stop)["card_failed"] == WHY, "no link has come for all that"
    audited = AuditRow.objects.get(what="card link settled")
    assert audited.new == {"note": "They pay at the yard"}
    again = settle(office, row.pk, "Once more")
    assert (again.status_code, "Somebody has settled this" in again.text) == (422, True)
    assert settle(office, 0, "None").status_code == 404


@pytest.mark.parametrize(
    ("state", "about", "why"),
    [
        ("REFUSED", {"rule": "person_said_stop"}, "The person has asked to get no more texts."),
        ("FAILED", {"failure": "twilio:99999"}, "The provider gives the reason"),
        ("DROPPED", {}, "The text was taken back."),
    ],
)
def test_a_link_whose_text_did_not_arrive_is_lost_as_well(phone, stop, state, about, why):
    texted(state, **about)

    [lost] = to_settle()
    assert why in lost.why
    assert phone.told(stop)["card_failed"] == lost.why


def test_a_link_that_is_on_its_way_is_not_lost(phone, stop):
    assert (to_settle(), phone.told(stop)["card_failed"]) == ([], "")
    texted("QUEUED")
    assert (to_settle(), phone.told(stop)["card_failed"]) == ([], "")


def test_what_the_gate_refuses_is_shown_on_open_pages_at_once(phone, stop, monkeypatch):
    Partner.objects.update(phone="")
    odoo_says(url="https://odoo.example/pay")
    topics = []
    monkeypatch.setattr("drivers.services.ask_by_card.touch", topics.append)

    text_card_links()

    assert topics == ["drives"]
    assert phone.told(stop)["card_failed"] == "There is no number any more that can get texts."


def test_a_lost_link_may_be_asked_for_again_and_makes_up_for_it(phone, stop):
    odoo_says(why=WHY)

    assert phone.do("CARD_LINK", stop, amount=AMOUNT) == DONE

    assert CardLink.objects.count() == 2
    assert (to_settle(), phone.told(stop)["card_failed"]) == ([], "")
    assert "asked for already" in phone.do("CARD_LINK", stop, amount=AMOUNT)[1]
    odoo_says(why="Still not set up.")
    assert [one.why for one in to_settle()] == ["Still not set up."]


def test_a_later_link_for_a_part_makes_up_for_it_as_well(phone, stop, signed_in):
    odoo_says(why=WHY)

    assert phone.do("CARD_LINK", stop, amount="100.00") == DONE

    assert (to_settle(), phone.told(stop)["card_failed"]) == ([], "")
    assert "To decide" not in signed_in(Role.OFFICE).get(ROAD).text


def test_after_two_weeks_a_lost_link_is_an_open_bill_like_any_other(phone, stop, time_machine):
    odoo_says(why=WHY)
    noon = timezone.now()
    time_machine.move_to(noon + dt.timedelta(days=13))
    assert len(to_settle()) == 1
    time_machine.move_to(noon + dt.timedelta(days=15))
    assert to_settle() == []


def test_of_very_many_lost_links_the_oldest_come_first(phone, stop, monkeypatch):
    second = StopFactory(run=stop.run, position=1, **KNOWN)
    Partner.objects.update(phone="(606) 555-0123")
    phone.do("DELIVERED", second, lines=[])
    assert phone.do("CARD_LINK", second, amount=AMOUNT) == DONE
    odoo_says(why=WHY)
    assert len(to_settle()) == 2

    monkeypatch.setattr("drivers.selectors.lost_links.MOST", 1)

    assert [one.row.stop for one in to_settle()] == [stop]


def test_what_is_paid_otherwise_needs_no_link(phone, stop):
    odoo_says(why=WHY)

    assert phone.do("COLLECTED", stop, **CASH, amount=AMOUNT) == DONE

    assert (to_settle(), phone.told(stop)["card_failed"]) == ([], "")


@pytest.mark.parametrize("was_lost", [True, False])
def test_what_is_not_lost_cannot_be_settled(phone, stop, signed_in, was_lost):
    if was_lost:
        odoo_says(why=WHY)
        phone.do("COLLECTED", stop, **CASH, amount=AMOUNT)
    row = CardLink.objects.get()

    refused = settle(signed_in(Role.OFFICE), row.pk, "They pay at the yard")

    assert (refused.status_code, "This link needs nobody any more" in refused.text) == (422, True)
    row.refresh_from_db()
    assert row.settled == ""


def test_without_htmx_a_settled_link_leads_back(phone, stop, signed_in):
    odoo_says(why=WHY)
    where = reverse("drivers:settle-link", args=[CardLink.objects.get().pk])

    assert signed_in(Role.OFFICE).post(where, {"note": "Called"}).url == ROAD
