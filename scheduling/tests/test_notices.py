"""A customer is told of a delivery: in which words, through the gate, and what is noted."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.ledger.kinds import Kind
from crm_intake.models import OutgoingText
from crm_intake.services.record_consent import Evidence, record_consent
from odoo_bridge.models import Partner
from portal.accounts.models import Role
from portal.setup.selectors.profile import business_zone
from portal.testing.yard import JobFactory, StopFactory, TruckFactory
from scheduling.models import Job, Run
from scheduling.selectors.notices import words_about
from scheduling.services.check_runs import check_runs
from scheduling.tests.conftest import BOARD, PARTIAL, move
from scheduling.tests.conftest import BOARD_DAY as DAY

pytestmark = pytest.mark.django_db
PHONE = "(606) 555-0123"


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Let it be a noon at which texts may go."""
    day = timezone.localdate()
    time_machine.move_to(dt.datetime.combine(day, dt.time(12), business_zone()))


@pytest.fixture
def stop():
    stop = StopFactory(run__day=DAY)
    Partner.objects.filter(pk=stop.job.order.customer_id).update(phone=PHONE)
    Partner.objects.filter(pk=stop.job.picking.destination_id).update(phone="")
    return stop


@pytest.fixture
def customer_stopped():
    """Let the customer have asked for no more texts."""
    record_consent(
        number="+16065550123",
        kind=Kind.REVOKED,
        source="office",
        action="said so",
        evidence=Evidence(wording="no more texts"),
    )


def tell(browser, job, *, headers=PARTIAL, **values):
    with timezone.override(business_zone()):
        about = words_about(fresh(job))
    data = {"about": about, "text": "It comes tomorrow.", **values}
    return browser.post(f"/board/jobs/{job.pk}/tell?day={DAY}", data, headers=headers)


def dialog(browser, job):
    return browser.get(f"/board/jobs/{job.pk}/notice?day={DAY}", headers=PARTIAL).text


def noon_of(day):
    return dt.datetime.combine(day, dt.time(12), business_zone())


def fresh(job):
    return Job.objects.get(pk=job.pk)


def test_the_words_fit_the_situation(stop):
    job, day = stop.job, f"{DAY:%A, %B} {DAY.day}"
    name = f"Yardmaster: your delivery {job.order.name}"
    assert words_about(fresh(job)) == f"{name} is planned for {day}."

    begins = dt.datetime.combine(DAY, dt.time(8), business_zone())
    window = {"window_from": begins, "window_until": begins + dt.timedelta(hours=6)}
    Job.objects.update(told_day=DAY - dt.timedelta(days=1), **window)
    with timezone.override(business_zone()):
        said = f"{name} is now planned for {day}, between 8:00 AM and 2:00 PM."
        assert words_about(fresh(job)) == said
        Run.objects.update(day=DAY + dt.timedelta(days=1))
        assert "between" not in words_about(fresh(job)), "the window is of another day"

    stop.delete()
    told = DAY - dt.timedelta(days=1)
    put_off = f"of {told:%A, %B} {told.day} has to be put off."
    assert put_off in words_about(fresh(job))
    Job.objects.update(state="CANCELLED")
    assert words_about(fresh(job)).startswith(f"{name} is cancelled.")


def test_a_move_offers_a_text_which_goes_through_the_gate(office, stop):
    job = stop.job
    answer = move(office, job, truck=TruckFactory().pk)
    assert f"Text the customer of {job.order.name}" in answer.text
    asked = dialog(office, job)
    assert "✓ may go now" in asked
    assert f"your delivery {job.order.name} is planned for" in asked

    answer = tell(office, job)

    assert f"{job.order.customer.name} gets the text now." in answer.text
    text = OutgoingText.objects.get()
    assert (text.number, text.text, text.purpose) == (
        "+16065550123",
        "It comes tomorrow.",
        "DELIVERY",
    )
    assert text.not_after == dt.datetime.combine(
        DAY + dt.timedelta(days=1), dt.time(), business_zone()
    )
    assert fresh(job).told_day == DAY

    again = tell(office, job)
    assert (again.status_code, "The same words went to this number" in again.text) == (422, True)


def test_a_text_of_the_night_waits(office, stop, time_machine):
    night = dt.datetime.combine(timezone.localdate(), dt.time(23), business_zone())
    time_machine.move_to(night)

    assert "waits until" in (shown := dialog(office, stop.job))
    said = tell(office, stop.job).text
    text = OutgoingText.objects.get()
    morning = text.not_before.astimezone(business_zone())
    assert f"waits until {morning:%a %H:%M}" in shown
    assert f"gets the text at {morning:%-d %b %H:%M}" in said
    assert text.state == "HELD"


def test_who_said_stop_is_not_told_and_the_board_does_not_say_so(office, stop, customer_stopped):
    assert "✕ would be refused" in dialog(office, stop.job)

    for headers in (PARTIAL, {}):
        answer = tell(office, stop.job, headers=headers)
        assert answer.status_code == 422
        assert "It was not sent. The person has asked to get no more texts." in answer.text
        assert "It comes tomorrow." in answer.text
    assert fresh(stop.job).told_day is None
    assert {one.state for one in OutgoingText.objects.all()} == {"REFUSED"}


def test_a_customer_without_a_number_cannot_be_told(office, stop):
    Partner.objects.update(phone="ask Ann")

    assert "no telephone number" in dialog(office, stop.job)
    answer = tell(office, stop.job)
    assert (answer.status_code, "no telephone number" in answer.text) == (422, True)


def test_words_about_a_situation_that_is_over_are_refused(office, stop):
    with timezone.override(business_zone()):
        about = words_about(fresh(stop.job))
    window = {"window_from": noon_of(DAY), "window_until": noon_of(DAY + dt.timedelta(days=1))}
    Job.objects.update(**window)

    answer = tell(office, stop.job, about=about)

    assert (answer.status_code, "not as it was when this page" in answer.text) == (422, True)
    assert "You had written: It comes tomorrow." in answer.text
    assert "between 12:00 PM" in answer.text, "the words fit again"
    nothing = tell(office, stop.job, text=" ")
    assert (nothing.status_code, "Text: This field is required." in nothing.text) == (422, True)
    assert not OutgoingText.objects.exists()


def test_a_day_that_is_over_is_told_to_nobody(office, stop):
    Run.objects.update(day=timezone.localdate() - dt.timedelta(days=1))

    assert "The day that the text names is over." in tell(office, stop.job).text
    Job.objects.update(state="DONE")
    assert "not as it was" in tell(office, stop.job).text
    assert not OutgoingText.objects.exists()


def test_a_text_that_waits_is_taken_back_when_the_delivery_goes_to_another_day(
    office, stop, time_machine
):
    night = dt.datetime.combine(timezone.localdate(), dt.time(23), business_zone())
    time_machine.move_to(night)
    tell(office, stop.job)
    move(office, fresh(stop.job), truck=TruckFactory().pk)
    assert OutgoingText.objects.get().state == "HELD", "the day is the same"

    move(office, fresh(stop.job))

    assert OutgoingText.objects.get().state == "DROPPED"
    assert fresh(stop.job).told_day is None


def test_a_text_that_is_on_its_way_goes_out_and_the_day_was_told(office, stop):
    tell(office, stop.job)
    OutgoingText.objects.update(state="SENDING", handed_over_at=timezone.now())

    move(office, fresh(stop.job))

    assert fresh(stop.job).told_day == DAY
    assert OutgoingText.objects.get().state == "SENDING"


def test_a_delivery_that_moves_to_another_day_than_was_told_needs_a_look(office, stop):
    tell(office, stop.job)
    later = DAY + dt.timedelta(days=1)
    Run.objects.update(day=later)
    check_runs(stop.run_id)

    page = office.get(f"/board/?day={later}").text

    assert "▲ told another day" in page
    assert f"The customer was told {DAY:%A, %-d %b}." in page


def test_a_customer_is_told_that_it_is_put_off(office, stop):
    tell(office, stop.job)
    stop.delete()
    Job.objects.update(state="TO_SCHEDULE")

    assert tell(office, stop.job, text="It is put off.").status_code == 200
    assert fresh(stop.job).told_day is None
    assert OutgoingText.objects.get(text="It is put off.").not_after is None


def test_without_javascript_the_text_has_a_page(office, stop):
    page = office.get(f"/board/jobs/{stop.job.pk}/notice?day={DAY}").text
    assert "<h1>Text a customer</h1>" in page

    assert tell(office, stop.job, headers={}).url == BOARD
    assert "gets the text now." in office.get(BOARD).text


def test_a_job_without_a_customer_is_named_by_its_order(office, signed_in):
    job = JobFactory()
    Job.objects.filter(pk=job.pk).update(moves=0)
    job.picking.destination.phone = PHONE
    job.picking.destination.save()
    job.order.customer = None
    job.order.save()

    assert f"{job.order.name} gets the text now." in tell(office, job).text
    assert signed_in(Role.DIRECTOR).get(BOARD).text.count(">Text<") == 0


def test_one_text_about_both_parts_of_a_load_is_taken_back_for_both(office, stop, time_machine):
    time_machine.move_to(dt.datetime.combine(timezone.localdate(), dt.time(23), business_zone()))
    tell(office, stop.job)
    told = fresh(stop.job)
    part = JobFactory(notice=told.notice, told_day=told.told_day)

    move(office, told)

    assert OutgoingText.objects.get().state == "DROPPED"
    assert fresh(part).told_day is None
