"""Tickets and receipts on paper: what stands there, and who gets them."""

import datetime as dt
import hashlib
import io

import pgtrigger
import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from drivers.models import DeliveryTicket, StopAction, Tracking
from drivers.services.decide_act import decide_act
from drivers.tests.phone import CASH, phone_of
from drivers.tests.pictures import named, put
from drivers.tests.test_tickets import business, in_state, priced
from drivers.views import tickets as views
from odoo_bridge.models import Payment, Product
from portal.accounts.models import Role
from portal.core.pdf import PdfNotAvailable
from portal.setup.models import BusinessLogo, BusinessProfile
from portal.testing.paper import text_of
from portal.testing.yard import DriverFactory, StopFactory

__all__ = ["business"]  # a fixture
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("business", "noon")]


@pytest.fixture
def noon(time_machine):
    """Let it be noon of a day in November, where the business is."""
    time_machine.move_to(dt.datetime(2026, 11, 23, 17, 0, tzinfo=dt.UTC))


@pytest.fixture
def office(signed_in):
    return signed_in(Role.OFFICE)


def drawn(width, height, colour="#000"):
    content = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(content, "PNG")
    return content.getvalue()


SIGNATURE, LOGO = drawn(600, 300), drawn(80, 40, "#a00")


def a_logo(png=LOGO):
    return BusinessLogo.objects.create(
        profile=BusinessProfile.objects.get(), png=png, sha256=hashlib.sha256(png).hexdigest()
    )


def sign(phone, stop, signer="Ann Whitfield"):
    act = phone.act("SIGNED", stop, **named(SIGNATURE), signer=signer)
    phone.send(act)
    put(phone, act, SIGNATURE)
    return act


def paper(client, ticket):
    answer = client.get(reverse("drivers:ticket", args=[ticket.uuid]))
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


def words(pdf):
    return " ".join(text_of(pdf).replace("\u00a0", " ").split())


def pictures(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return {picture.image.size for page in pages for picture in page.images}


def followed(job):
    return Tracking.objects.create(job=job, expires=timezone.now() + dt.timedelta(days=14))


def test_the_paper_says_all_that_the_rules_ask_for(office, phone, stop):
    priced(stop)
    in_state("MN")
    a_logo()
    phone.do("DELIVERED", stop)
    phone.do("COLLECTED", stop, **CASH | {"amount": "400.00", "reason": "Short of change"})
    phone.do("COLLECTED", stop, method="CHECK", number="1042", amount="12.00", reason="")
    sign(phone, stop, "Somebody else")
    sign(phone, stop)
    [ticket] = DeliveryTicket.objects.all()

    pdf = paper(office, ticket)

    text = words(pdf)
    for part in (
        *("Oak & Sons", "1 Yard Rd, Ashland, KY 41101", "+1 606-555-0100", "No. 000001"),
        *("118 Hickory Rd, Ashland, MN 41101", "November 23, 2026, 12:00 PM", phone.driver.name),
        *(
            stop.job.name,
            "Oak, seasoned 2 cords (256 ft³) $ 412.00",
            "harvested in (county, state)",
        ),
        *("Cash $ 400.00", "Check no. 1042 $ 12.00", "Still to pay $ 0.00", "239.092"),
        "Signed by Ann Whitfield, November 23, 2026, 12:00 PM",
    ):
        assert part in text, part
    assert pictures(pdf) == {(80, 40), (600, 300)}
    name = office.get(reverse("drivers:ticket", args=[ticket.uuid]))["Content-Disposition"]
    assert name == 'inline; filename="ticket-000001.pdf"'


def test_what_is_not_asked_for_is_not_there_and_what_is_unknown_is_left_blank(office, phone, stop):
    other = StopFactory(run=stop.run, position=1)
    [move] = other.job.picking.moves.all()
    Product.objects.filter(pk=move.product_id).update(unit="Units")
    for one in (stop, other):
        phone.do("DELIVERED", one)
    wood, pieces = DeliveryTicket.objects.order_by("pk")

    assert "(256 ft³) ________" in words(paper(office, wood))
    text = words(paper(office, pieces))
    assert "2 Units" in text
    for part in ("Price", "____", "Paid", "Signed", "Written under", "harvested"):
        assert part not in text, part


def test_a_logo_that_was_changed_since_is_not_the_ticket_s(office, phone, stop):
    logo = a_logo()
    phone.do("DELIVERED", stop)
    logo.delete()
    a_logo(drawn(90, 30))
    assert pictures(paper(office, DeliveryTicket.objects.get())) == set()


def test_a_signature_is_shown_when_its_bytes_are_there_and_it_counts(office, phone, stop, person):
    signed = phone.act("SIGNED", stop, **named(SIGNATURE), signer="")
    phone.do("DELIVERED", stop)
    [ticket] = DeliveryTicket.objects.all()
    sign(phone, StopFactory(run=stop.run, position=1))
    assert "Signed" not in words(paper(office, ticket)), "that is of another stop"
    phone.send(signed)
    assert "Signed" not in words(paper(office, ticket)), "its bytes are still on the phone"

    put(phone, signed, SIGNATURE)
    assert "Signed by —" in words(paper(office, ticket))
    with pgtrigger.ignore("drivers.StopAction:stays_as_it_was_said"):
        StopAction.objects.filter(what="SIGNED").update(verdict="KEPT", words="x")
    assert "Signed" not in words(paper(office, ticket))
    kept = StopAction.objects.get(submission_id=signed["id"])
    decide_act(action_id=kept.pk, counts=True, note="", by=person(Role.OFFICE))
    assert "Signed by —" in words(paper(office, ticket))


def test_each_driver_gets_their_own_tickets_and_others_none(client, signed_in, phone, stop):
    phone.do("DELIVERED", stop)
    where = reverse("drivers:ticket", args=[DeliveryTicket.objects.get().uuid])

    assert client.get(where).status_code == 302
    assert phone.client.get(where).status_code == 200
    assert phone_of(StopFactory(run__driver=DriverFactory())).client.get(where).status_code == 404
    assert signed_in(Role.DIRECTOR).get(where).status_code == 200
    assert signed_in(Role.PRODUCTION).get(where).status_code == 403


def test_a_customer_gets_it_by_the_link_once_it_is_done_without_the_signature(client, phone, stop):
    token = followed(stop.job).token
    where = reverse("drivers:tracking-ticket", args=[token])
    page = reverse("drivers:tracking", args=[token])
    assert client.get(where).status_code == 404
    assert where not in client.get(page).text
    phone.do("DELIVERED", stop)
    sign(phone, stop)

    assert where in client.get(page).text
    answer = client.get(where)
    assert "Signed by Ann Whitfield" in words(answer.content)
    assert pictures(answer.content) == set()
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "private, no-store"

    Tracking.objects.update(
        made_at=timezone.now() - dt.timedelta(days=30),
        expires=timezone.now() - dt.timedelta(days=1),
    )
    assert client.get(where).status_code == 404


def test_a_receipt_says_what_was_paid_and_what_is_open(client, phone, stop):
    token = followed(stop.job).token
    where, page = (reverse(f"drivers:tracking{one}", args=[token]) for one in ("-receipt", ""))
    assert where not in client.get(page).text
    phone.do("DELIVERED", stop)
    assert client.get(where).status_code == 404
    assert where not in client.get(page).text
    assert client.get(where.replace("/t/", "/t/x")).status_code == 404
    phone.do("COLLECTED", stop, **CASH | {"amount": "400.00", "reason": "Short of change"})

    answer = client.get(where)

    assert where in client.get(page).text
    text = words(answer.content)
    for part in ("Receipt", "Oak & Sons", "1 Yard Rd", "Cash $ 400.00", "Still to pay $ 12.00"):
        assert part in text, part
    assert pictures(answer.content) == set()
    name = f'inline; filename="receipt-{stop.job.name}.pdf"'
    assert (answer["Content-Disposition"], answer["X-Robots-Tag"]) == (name, "noindex, nofollow")
    a_logo()
    stop.job.order.customer = None
    stop.job.order.save()
    again = client.get(where).content
    assert pictures(again) == {(80, 40)}
    assert "Received from" not in words(again)

    Payment.objects.update(state="canceled")
    assert client.get(where).status_code == 404, "it counts as never taken"
    assert where not in client.get(page).text


@pytest.mark.parametrize("is_priced", [True, False])
def test_what_is_to_pay_for_a_part_is_told_beside_the_whole_order(client, phone, stop, is_priced):
    token = followed(stop.job).token
    move = priced(stop) if is_priced else stop.job.picking.moves.get()
    lines = [{"move": move.pk, "quantity": "1.5", "reason": "Broken"}]
    phone.do("DELIVERED", stop, lines=lines)
    phone.do("COLLECTED", stop, **CASH | {"amount": "300.00", "reason": "A part"})

    for name in ("receipt", "ticket"):
        pdf = client.get(reverse(f"drivers:tracking-{name}", args=[token])).content
        text = words(pdf)
        assert "Still to pay for the whole order $ 112.00" in text, name
        of_part = "Still to pay for what was handed over $ 9.00"
        assert (of_part in text, "handed over $" in text) == (is_priced, is_priced), name


def test_a_server_without_type_says_so(office, phone, stop, monkeypatch):
    def missing(*_args, **_options):
        raise PdfNotAvailable("No PDF can be made on this server.")

    phone.do("DELIVERED", stop)
    monkeypatch.setattr(views, "pdf_of", missing)
    answer = office.get(reverse("drivers:ticket", args=[DeliveryTicket.objects.get().uuid]))
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain")
    assert "No PDF" in answer.text


def test_the_office_sees_the_day_s_tickets_and_what_they_lack(office, phone, stop):
    where = reverse("drivers:tickets")
    assert "No delivery was handed over" in office.get(where).text
    assert where in office.get(reverse("drivers:road")).text
    other = StopFactory(run=stop.run, position=1)
    priced(stop)
    for one in (stop, other):
        phone.do("DELIVERED", one)

    shown = office.get(f"{where}?day=2026-11-23").text

    assert "1 ticket does not say all" in shown
    assert "▲ the price" in shown
    assert shown.index("000002") < shown.index("000001")
    assert reverse("drivers:ticket", args=[DeliveryTicket.objects.first().uuid]) in shown
    assert "No delivery was handed over" in office.get(f"{where}?day=2026-11-22").text


@pytest.mark.parametrize("number", [1, 4])
def test_the_day_s_tickets_take_as_many_queries(
    office, phone, stop, number, django_assert_num_queries
):
    stops = [stop, *(StopFactory(run=stop.run, position=place) for place in range(1, number))]
    for one in stops:
        phone.do("DELIVERED", one)
    office.get(reverse("drivers:tickets"))
    with django_assert_num_queries(7):
        assert office.get(reverse("drivers:tickets")).text.count('id="ticket-') == number
