"""The driver's screens: the own run, one stop, and nobody else's."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from drivers.models import Collection
from drivers.selectors.navigation import way_to
from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.testing.yard import RunFactory, StopFactory
from scheduling.models import Job, Place
from scheduling.services.follow_places import place_at
from scheduling.services.lock_job import Seen
from scheduling.services.split_job import split_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def stop():
    order = {"customer_odoo_id": 7, "currency_odoo_id": 1, "customer__name": "A. Whitfield"}
    return StopFactory(**{f"job__picking__order__{name}": value for name, value in order.items()})


@pytest.fixture
def driver(client, stop):
    """The phone of the stop's driver."""
    client.force_login(stop.run.driver.user)
    return client


def address(name, stop):
    return reverse(f"drivers:{name}", args=[stop.uuid])


def tap(**more):
    return {"submission_id": str(uuid.uuid4()), **more}


def test_the_run_shows_the_next_stop_and_the_rest(driver, stop):
    StopFactory(run=stop.run, position=1, job__picking__order__customer__name="Hill Diner")

    page = driver.get("/driver/").text

    for words in ("A. Whitfield", "118 Hickory Rd", "<b>2 cord</b> Oak", "$\u00a0412.00", "0 of 2"):
        assert words in page
    assert page.index("Next") < page.index("Hill Diner")
    assert driver.get("/driver/deliveries").status_code == 200


def test_each_part_of_a_split_load_shows_its_own_quantity_and_the_first_the_money(
    driver, stop, person
):
    move = stop.job.picking.moves.get()
    part = split_job(
        seen=Seen(stop.job.pk, stop.job.moves),
        leaves={move.pk: Decimal("0.5")},
        by=person(Role.OFFICE),
    )
    second = StopFactory(run=stop.run, position=1, job=part)

    pages = [driver.get(address("stop", one)).text for one in (stop, second)]

    for page, words in zip(pages, ("<b>1.5 cord</b> Oak", "<b>0.5 cord</b> Oak"), strict=True):
        assert words in page
    assert ["$\u00a0412.00" in page for page in pages] == [True, False]


def test_a_run_of_which_all_is_done_says_so(driver, stop):
    stop.done_at = timezone.now()
    stop.save()

    page = driver.get("/driver/").text

    assert "All stops of this run are done." in page
    assert "1 of 1 done" in page


def test_cancelled_stops_are_shown_and_not_driven_to(driver, stop):
    Job.objects.update(state=Job.State.CANCELLED)

    page = driver.get("/driver/").text

    assert "✕ cancelled" in page
    assert "412.00" not in page
    assert "0 of 0 done" in page
    shown = driver.get(address("stop", stop)).text
    assert "✕ Cancelled" in shown
    assert "Navigate" not in shown
    assert "Back to the run" in shown
    assert driver.post(address("stop-delivered", stop), tap()).status_code == 422


def test_a_driver_without_a_run_or_with_an_empty_one_is_told_what_to_do(client, person):
    driver = person(Role.DRIVER)
    client.force_login(driver)
    assert "You have no run today." in client.get("/driver/").text

    RunFactory(driver__user=driver)
    assert "has not put anything on this run yet" in client.get("/driver/").text


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["stop", "stop-delivered", "stop-collected"])
def test_another_driver_s_stop_leads_back_to_the_own_run(driver, name, method):
    other = StopFactory()

    answer = getattr(driver, method)(address(name, other), tap(amount="1"))

    assert answer.status_code == 405 or answer.url == "/driver/"
    other.refresh_from_db()
    assert other.done_at is None
    assert not OutboxEntry.objects.exists()


def test_handing_over_and_the_money_lead_on_to_the_next_stop(driver, stop):
    StopFactory(run=stop.run, position=1)
    page = driver.get(address("stop", stop)).text
    assert "Delivered</button>" in page
    assert "Cash received" not in page

    page = driver.post(address("stop-delivered", stop), tap(), follow=True).text
    assert 'value="412.00"' in page
    assert "Cash received" in page

    page = driver.post(address("stop-collected", stop), tap(amount="412.00"), follow=True).text
    assert "✓ $\u00a0412.00" in page
    assert "Next stop" in page
    assert Collection.objects.get().amount == 412
    assert "✓ $\u00a0412.00" in driver.get("/driver/").text


def test_what_is_left_after_a_part_is_said_on_the_run_and_on_the_board(driver, stop, signed_in):
    driver.post(address("stop-delivered", stop), tap())
    driver.post(address("stop-collected", stop), tap(amount="400"))

    run = driver.get("/driver/").text
    assert "✓ $\u00a0400.00" in run
    assert "$\u00a012.00 still open" in run
    board = signed_in(Role.OFFICE).get(f"/board/?day={stop.run.day:%Y-%m-%d}").text
    assert "$\u00a012.00 still open" in board


def test_the_last_stop_leads_back_to_the_run(driver, stop):
    driver.post(address("stop-delivered", stop), tap())
    driver.post(address("stop-collected", stop), tap(amount="412"))

    assert "Back to the run" in driver.get(address("stop", stop)).text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"amount": ""}, "This field is required."),
        ({"amount": "much"}, "Enter a number."),
        ({"amount": "0"}, "greater than or equal to 0.01"),
        ({"amount": "-5"}, "greater than or equal to 0.01"),
        ({"amount": "1.234"}, "no more than 2 decimal places"),
        ({"amount": "10000000000000"}, "no more than 12 digits"),
        ({"amount": "412.01"}, "is due here"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_beside_its_field(driver, stop, sent, words):
    driver.post(address("stop-delivered", stop), tap())

    answer = driver.post(address("stop-collected", stop), tap(**sent))

    assert answer.status_code == 422
    assert words in answer.text
    assert not Collection.objects.exists()


def test_a_tap_without_its_id_is_refused(driver, stop):
    answer = driver.post(address("stop-delivered", stop), {"submission_id": "no"})

    assert answer.status_code == 422
    assert "Tap again" in answer.text
    stop.refresh_from_db()
    assert stop.done_at is None


@pytest.mark.parametrize(
    ("agent", "link"),
    [
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9)", "geo:0,0?q=118%20Hickory%20Rd%2C%20Ashland"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)", "https://maps.apple.com/?daddr=118%20Hickory"),
        ("Mozilla/5.0 (X11; Linux x86_64)", "https://www.google.com/maps/dir/?api=1&destination="),
    ],
)
def test_the_way_opens_in_the_phone_s_own_maps(agent, link):
    assert way_to("118 Hickory Rd, Ashland", user_agent=agent).startswith(link)


def test_the_way_leads_to_the_pin_that_somebody_has_put():
    pinned = Place(source="PERSON", latitude=Decimal("38.573085"), longitude=Decimal("-82.833220"))
    way = way_to("118 Hickory Rd", user_agent="Android", place=pinned)
    assert way == "geo:0,0?q=38.573085%2C-82.833220"
    pinned.source = "GOOGLE"
    assert "Hickory" in way_to("118 Hickory Rd", user_agent="Android", place=pinned)


def test_a_driver_reads_where_to_put_it_and_what_to_know(driver, stop):
    place = place_at("118 Hickory Rd")
    Place.objects.update(drop_spot="left of the barn", notes="Gate 4711")
    Job.objects.update(place=place)
    assert "left of the barn" in driver.get("/driver/").text
    shown = driver.get(address("stop", stop)).text
    assert "left of the barn" in shown
    assert "Gate 4711" in shown


def test_the_place_is_called_or_else_the_customer(driver, stop):
    order, there = stop.job.order, stop.job.picking.destination
    order.customer.phone = "+1 606 555 0123"
    order.customer.save()
    assert 'href="tel:+16065550123"' in driver.get(address("stop", stop)).text

    there.phone = "+1 606 555 0199"
    there.save()
    assert 'href="tel:+16065550199"' in driver.get(address("stop", stop)).text


def test_a_stop_whose_customer_is_unknown_can_be_driven_all_the_same(driver, stop):
    order = stop.job.order
    order.customer = None
    order.save()
    stop.job.picking.destination = None
    stop.job.picking.save()

    page = driver.get(address("stop", stop)).text

    assert "no address: ask the office" in page
    assert "tel:" not in page


@pytest.mark.parametrize("number", [1, 20])
def test_the_run_takes_the_same_queries_however_many_stops(
    driver, stop, django_assert_num_queries, number
):
    for position in range(1, number):
        StopFactory(run=stop.run, position=position)

    with django_assert_num_queries(10):
        driver.get("/driver/")


def test_a_driver_whose_stop_was_moved_away_is_told_and_keeps_the_run(driver, stop):
    stop.run.driver = None
    stop.run.save()

    page = driver.get(address("stop", stop), follow=True).text

    assert "This stop is not on your run any more." in page


def test_a_run_that_lasts_past_midnight_is_still_shown(driver, stop):
    stop.run.day -= dt.timedelta(days=1)
    stop.run.save()
    assert "A. Whitfield" in driver.get("/driver/").text

    stop.job.state = Job.State.DONE
    stop.job.save()
    assert "A. Whitfield" not in driver.get("/driver/").text
