"""The page on which a customer follows a job: what it says, and what it does not."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from drivers.models import Drive, ProofOfDelivery, Tracking
from drivers.services.decide_act import decide_act
from drivers.tests.phone import phone_of
from drivers.tests.pictures import a_picture, named, put
from drivers.views import tracking as views
from odoo_bridge.models import Partner
from portal.accounts.models import Role
from portal.setup.models import BusinessProfile
from portal.setup.selectors.profile import business_zone
from portal.testing.mirrors import PartnerFactory
from portal.testing.purchases import PurchaseOrderFactory
from portal.testing.yard import PickupFactory, StopFactory
from scheduling.models import Job
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Let it be a noon."""
    day = timezone.localdate()
    time_machine.move_to(dt.datetime.combine(day, dt.time(12), business_zone()))


@pytest.fixture
def stop():
    destination = PartnerFactory(name="Ann Whitfield", phone="(606) 555-0123")
    Partner.objects.update(street="12 Ridge Road", city="Ashland")
    stop = StopFactory(
        job__picking__destination=destination,
        job__picking__order__customer_odoo_id=7,
        job__picking__order__currency_odoo_id=1,
        job__picking__order__total=Decimal("412.00"),
    )
    followed(stop.job)
    return stop


@pytest.fixture
def phone(stop):
    return phone_of(stop)


def followed(job):
    return Tracking.objects.create(job=job, expires=timezone.now() + dt.timedelta(days=14))


def page(client, job, **headers):
    answer = client.get(reverse("drivers:tracking", args=[job.tracking.token]), headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def hour(stop, hour, *, days=0):
    day = stop.run.day + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour), business_zone())


def test_a_stranger_learns_what_comes_and_nothing_more(client, stop, phone):
    BusinessProfile.objects.create(
        pk=1,
        name="Oak & Sons",
        country="US",
        time_zone=str(business_zone()),
        phones=["+16065550100"],
    )
    other = StopFactory(run=stop.run, position=1, job__picking__order__customer__name="Zeb Other")
    shown = page(client, stop.job)

    for words in ("Oak &amp; Sons", "+1 606-555-0100", "Ashland", f"Your delivery {stop.job.name}"):
        assert words in shown
    [item] = [move.product.name for move in stop.job.picking.moves.all()]
    assert f"2 {stop.job.picking.moves.get().product.unit} {item}" in shown
    secrets = ("12 Ridge", "Whitfield", "555-0123", "412", other.job.name, "Zeb")
    assert [one for one in (*secrets, str(stop.run.truck), str(phone.driver)) if one in shown] == []


def test_it_leaves_no_trace(client, stop):
    answer = client.get(reverse("drivers:tracking", args=[stop.job.tracking.token]))

    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "private, no-store"
    assert page(client, stop.job, **HTMX).startswith('<div id="tracking"')


def test_it_says_how_far_it_is(client, stop, phone):
    day = f"{stop.run.day:%A, %B} {stop.run.day.day}"
    assert f"Planned for {day}" in page(client, stop.job)
    assert "between" not in page(client, stop.job)
    Job.objects.update(window_from=hour(stop, 8), window_until=hour(stop, 14))
    assert "between 8:00 AM and 2:00 PM" in page(client, stop.job)
    Job.objects.update(window_from=hour(stop, 8, days=1), window_until=hour(stop, 9, days=1))
    assert "between" not in page(client, stop.job), "the window is of another day"

    phone.do("ON_MY_WAY", stop)
    assert "On the way" in page(client, stop.job)
    assert "about" not in page(client, stop.job)
    stop.job.way_texts.update(expected_at=hour(stop, 15))
    assert "There about 3:00 PM" in page(client, stop.job)

    phone.do("ARRIVED", stop)
    assert "Arrived" in page(client, stop.job)
    phone.do("DELIVERED", stop)
    assert f"Delivered</strong> <br>{day}, 12:00 PM" in page(client, stop.job)


def test_it_counts_the_stops_before_while_the_truck_is_out(client, stop, phone):
    third = StopFactory(run=stop.run, position=2)
    StopFactory(run=stop.run, position=1, job__state=Job.State.CANCELLED)
    followed(third.job)
    assert "The truck is out" not in page(client, third.job)
    phone.do("NOTED", stop.run, text="x")
    assert "The truck is out" not in page(client, third.job), "heard, and not begun"

    phone.do("STARTED", stop.run)
    assert "The truck is out. 1 stop before you." in page(client, third.job)
    assert "The truck is out. You are next." in page(client, stop.job)
    StopFactory(run=stop.run, position=3)
    phone.do("DELIVERED", stop)
    assert "The truck is out. You are next." in page(client, third.job)

    Drive.objects.update(ended_at=timezone.now())
    assert "The truck is out" not in page(client, third.job)


def test_what_nobody_took_says_what_comes_next(client, stop, phone, person):
    phone.do("NOBODY", stop, reason="Gate locked", goes_again=True)
    shown = page(client, stop.job)
    assert "Not delivered" in shown
    assert "We will tell you the new day." in shown
    assert "Gate locked" not in shown

    again = StopFactory(job=stop.job, run__day=stop.run.day)
    Job.objects.update(state=Job.State.SCHEDULED)
    assert "Planned for" in page(client, stop.job)
    phone_of(again).do("REFUSED", again, reason="Wrong", goes_again=False)
    assert "Please call us" in page(client, stop.job)
    assert "Not delivered" in page(client, stop.job)


def test_what_is_off_its_run_or_cancelled_says_so(client, stop, phone, person):
    phone.do("ON_MY_WAY", stop)
    job = stop.job
    unplan_job(job_id=job.pk, seen=0, by=person(Role.OFFICE))
    assert "No day yet" in page(client, job)
    Job.objects.update(state=Job.State.CANCELLED)
    assert "Cancelled" in page(client, job)
    Job.objects.update(state=Job.State.DONE)
    assert "Delivered</strong> </p>" in page(client, job), "somebody did it in Odoo"


def test_what_was_said_of_another_run_is_over(client, stop, phone):
    phone.do("ON_MY_WAY", stop)
    stop.run = StopFactory().run
    stop.position = 1
    stop.save()
    assert "Planned for" in page(client, stop.job)


def test_what_we_fetch_is_called_so(client):
    stop = StopFactory(job=PickupFactory(state=Job.State.SCHEDULED, picking__destination=None))
    followed(stop.job)
    assert f"We fetch what you return ({stop.job.name})" in page(client, stop.job)
    Job.objects.update(purchase=PurchaseOrderFactory(name="P00007"))
    phone_of(stop).do("NOBODY", stop, reason="Shut", goes_again=False)
    shown = page(client, stop.job)
    assert "We fetch order P00007" in shown
    assert "Not fetched" in shown
    Job.objects.update(state=Job.State.DONE)
    assert "Fetched" in page(client, stop.job)


def test_a_link_ends_some_days_after_the_job(client, stop, phone, time_machine):
    where = reverse("drivers:tracking", args=[stop.job.tracking.token])
    Tracking.objects.update(made_at=timezone.now() - dt.timedelta(days=30))
    Tracking.objects.update(expires=timezone.now() - dt.timedelta(days=1))
    assert client.get(where).status_code == 200, "it is not over yet"

    phone.do("DELIVERED", stop)
    assert client.get(where).status_code == 404
    Tracking.objects.update(expires=timezone.now() + dt.timedelta(days=1))
    assert client.get(where).status_code == 200
    assert client.get(where[:-1]).status_code == 404


def picture(client, job, proof):
    return client.get(reverse("drivers:tracking-photo", args=[job.tracking.token, proof.uuid]))


def test_pictures_are_shown_afterwards_and_signatures_and_checks_never(client, stop, phone):
    content = a_picture()
    acts = [phone.act(what, stop, **named(content)) for what in ("PHOTO", "SIGNED", "CHECK")]
    phone.send(*acts)
    for act in acts:
        put(phone, act, content)
    photo, *others = ProofOfDelivery.objects.order_by("pk")
    other = StopFactory(run=stop.run, position=1)
    followed(other.job)

    assert picture(client, stop.job, photo).status_code == 404, "it is not delivered yet"
    assert "<img class" not in page(client, stop.job)
    phone.do("DELIVERED", stop)
    phone.do("DELIVERED", other)

    answer = picture(client, stop.job, photo)
    assert (answer.content, answer["Content-Type"]) == (content, "image/jpeg")
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert page(client, stop.job).count("<img class") == 1
    assert [picture(client, stop.job, one).status_code for one in others] == [404, 404]
    assert picture(client, other.job, photo).status_code == 404


def pictured(phone, stop):
    """Return the act of a picture there, and its bytes."""
    content = a_picture()
    act = phone.act("PHOTO", stop, **named(content))
    return act, content


def taken(phone, act, content):
    phone.send(act)
    assert put(phone, act, content).status_code == 204
    return ProofOfDelivery.objects.latest("pk")


def test_a_picture_of_a_day_on_which_nobody_took_it_is_not_shown(client, stop, phone):
    proof = taken(phone, *pictured(phone, stop))
    phone.do("NOBODY", stop, reason="Gate locked", goes_again=True)
    Job.objects.update(state=Job.State.SCHEDULED)
    again = StopFactory(job=stop.job)
    phone_of(again).do("DELIVERED", again)
    assert "Delivered" in page(client, stop.job)
    assert picture(client, stop.job, proof).status_code == 404


def test_what_the_office_has_to_decide_is_not_told_before(client, stop, phone, person):
    office = person(Role.OFFICE)
    act, content = pictured(phone, stop)
    nobody = phone.act("NOBODY", stop, reason="Gate locked", goes_again=True)
    unplan_job(job_id=stop.job_id, seen=0, by=office)
    proof = taken(phone, act, content)
    assert phone.send(nobody)[0][0] == "KEPT"
    assert "No day yet" in page(client, stop.job)

    Job.objects.update(state=Job.State.SCHEDULED)
    again = StopFactory(job=stop.job, run=stop.run)
    phone.do("DELIVERED", again)
    assert picture(client, stop.job, proof).status_code == 404
    decide_act(action_id=proof.action_id, counts=True, note="", by=office)
    assert picture(client, stop.job, proof).status_code == 200


def test_a_picture_of_a_link_that_is_over_is_gone(client, stop, phone):
    proof = taken(phone, *pictured(phone, stop))
    phone.do("DELIVERED", stop)
    Tracking.objects.update(made_at=timezone.now() - dt.timedelta(days=30))
    Tracking.objects.update(expires=timezone.now() - dt.timedelta(days=1))
    assert picture(client, stop.job, proof).status_code == 404


def test_a_flood_is_asked_to_wait(client, stop, monkeypatch):
    monkeypatch.setattr(views, "MOST", 2)
    where = reverse("drivers:tracking", args=[stop.job.tracking.token])
    answers = [client.get(where) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert (answers[2]["Retry-After"], answers[2]["Referrer-Policy"]) == ("60", "no-referrer")


@pytest.mark.parametrize("number", [1, 4])
def test_it_costs_as_many_queries_for_many_stops(
    client, stop, phone, number, django_assert_max_num_queries
):
    phone.do("STARTED", stop.run)
    for position in range(1, number):
        StopFactory(run=stop.run, position=position)
    with django_assert_max_num_queries(15):
        page(client, stop.job)
