"""Customers are told the evening before when we come, and say yes."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.ledger.kinds import Kind
from crm_intake.models import Message, OutgoingText
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.tests.talk import delivery
from drivers.models import DriverRules
from drivers.tasks import tell_the_evening
from odoo_bridge.models import Partner
from portal.accounts.models import Role
from portal.setup.selectors.profile import business_zone
from portal.testing.yard import PickupFactory, StopFactory
from scheduling.models import Job
from scheduling.services import tell_evening
from scheduling.services.set_window import set_window, window_key
from scheduling.services.withdraw_notice import withdraw_notice
from scheduling.tasks import check_runs

pytestmark = pytest.mark.django_db
NUMBER = "+16065550123"


def clock(time_machine, hour, minute=0):
    day = timezone.localdate()
    time_machine.move_to(dt.datetime.combine(day, dt.time(hour, minute), business_zone()))
    return day + dt.timedelta(days=1)


@pytest.fixture
def tomorrow(time_machine):
    """Let it be six in the evening, and the business tell from five on; return the next day."""
    DriverRules.objects.create(pk=1, evening_text_at=dt.time(17))
    return clock(time_machine, 18)


def reachable(stop, phone="(606) 555-0123"):
    Partner.objects.filter(pk=stop.job.picking.destination_id).update(phone=phone)
    return stop


def with_window(stop, begins, over):
    at = [
        dt.datetime.combine(stop.run.day, dt.time(hour), business_zone()) for hour in (begins, over)
    ]
    Job.objects.filter(pk=stop.job_id).update(window_from=at[0], window_until=at[1])
    return stop


def say_yes(text):
    Message.objects.create(
        provider="quo",
        event_key=f"yes to {text.pk}",
        delivery=delivery(),
        sender=NUMBER,
        recipient="+16065550100",
        text="yes",
        occurred_at=timezone.now(),
        answers=text,
    )
    check_runs()


def texts():
    return list(OutgoingText.objects.order_by("pk").values_list("text", flat=True))


def fresh(stop):
    return Job.objects.get(pk=stop.job_id)


def test_each_customer_is_told_once_and_in_their_words(tomorrow):
    stop = with_window(reachable(StopFactory(run__day=tomorrow)), 8, 10)
    StopFactory(run__day=tomorrow)  # nobody has a number of theirs
    reachable(StopFactory(run__day=tomorrow + dt.timedelta(days=1)), "(606) 555-0188")

    for _twice in range(2):
        tell_the_evening()

    said = (
        f"Yardmaster: your delivery {stop.job.name} comes tomorrow, {tomorrow:%A, %B} "
        f"{tomorrow.day}, between 8:00 AM and 10:00 AM. Reply YES if that is fine, or write what "
        "we should know."
    )
    assert texts() == [said]
    text, job = OutgoingText.objects.get(), fresh(stop)
    assert (text.number, text.asks, text.wanted_by) == (NUMBER, True, None)
    nine = dt.datetime.combine(timezone.localdate(), dt.time(21), business_zone())
    assert text.not_after == nine
    assert (job.told_day, job.evening_day, job.notice) == (tomorrow, tomorrow, text)
    assert job.confirmed_day is None


def test_one_text_tells_of_all_of_a_customer_and_one_yes_confirms_it(tomorrow):
    stops = [reachable(StopFactory(run__day=tomorrow)) for _ in range(3)]
    with_window(stops[2], 8, 10)
    fetched = reachable(StopFactory(run__day=tomorrow, job=PickupFactory(state="SCHEDULED")))

    tell_the_evening()

    [text] = texts()
    assert f"your delivery {stops[0].job.name} and {stops[1].job.name} comes tomorrow" in text
    assert f"your delivery {stops[2].job.name} comes tomorrow" in text
    assert "between 8:00 AM and 10:00 AM; " in text
    day = f"{tomorrow:%A, %B} {tomorrow.day}"
    assert f"we come tomorrow, {day}, to fetch what you have for us ({fetched.job.name})" in text
    assert text.count("Reply YES") == 1
    say_yes(OutgoingText.objects.get())
    assert {fresh(one).confirmed_day for one in (*stops, fetched)} == {tomorrow}


def test_two_loads_of_an_order_are_named_once(tomorrow):
    stops = [reachable(StopFactory(run__day=tomorrow)) for _ in range(2)]
    Job.objects.filter(pk=stops[1].job_id).update(order=stops[0].job.order)

    tell_the_evening()

    assert f"your delivery {stops[0].job.order.name} comes" in texts()[0]


@pytest.mark.parametrize(("hour", "told"), [(16, 0), (17, 1), (20, 1), (21, 0)])
def test_it_is_said_in_the_evening_alone(time_machine, hour, told):
    DriverRules.objects.create(pk=1, evening_text_at=dt.time(17))
    reachable(StopFactory(run__day=clock(time_machine, hour)))

    tell_the_evening()

    assert len(texts()) == told


def test_nobody_is_told_unless_the_business_wants_it(time_machine):
    reachable(StopFactory(run__day=clock(time_machine, 18)))

    tell_the_evening()

    assert texts() == []


def test_who_wants_no_texts_is_not_asked_again_and_counts_as_untold(tomorrow):
    stop = reachable(StopFactory(run__day=tomorrow))
    record_consent(
        number=NUMBER,
        kind=Kind.REVOKED,
        source="office",
        action="said so",
        evidence=Evidence(wording="no more texts"),
    )

    for _twice in range(2):
        tell_the_evening()

    job = fresh(stop)
    assert OutgoingText.objects.get().state == "REFUSED"
    assert (job.told_day, job.evening_day, job.notice) == (None, tomorrow, None)


def test_what_was_put_off_meanwhile_is_not_told_of(tomorrow, monkeypatch):
    stop = reachable(StopFactory(run__day=tomorrow))
    number_to_tell = tell_evening.number_to_tell

    def while_it_is_read(job):
        Job.objects.filter(pk=stop.job_id).update(state=Job.State.CANCELLED)
        return number_to_tell(job)

    monkeypatch.setattr(tell_evening, "number_to_tell", while_it_is_read)
    tell_the_evening()

    assert texts() == []


def test_what_was_moved_away_and_back_is_told_of_anew(tomorrow):
    stop = reachable(StopFactory(run__day=tomorrow))
    tell_the_evening()
    assert OutgoingText.objects.get().state == "QUEUED"

    withdraw_notice(fresh(stop), day=None, by=stop.run.driver.user)
    tell_the_evening()

    states = OutgoingText.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["DROPPED", "QUEUED"]
    assert fresh(stop).told_day == tomorrow


def test_a_yes_is_seen_on_the_board_until_the_day_or_the_window_changes(tomorrow, signed_in):
    stop = reachable(StopFactory(run__day=tomorrow))
    browser, board = signed_in(Role.OFFICE), f"/board/?day={tomorrow}"
    tell_the_evening()
    assert "✓ confirmed" not in browser.get(board).text

    say_yes(OutgoingText.objects.get())

    assert fresh(stop).confirmed_day == tomorrow
    assert "✓ confirmed" in browser.get(board).text
    begins = dt.datetime.combine(tomorrow, dt.time(8), business_zone())
    window, job = (begins, begins + dt.timedelta(hours=2)), fresh(stop)
    set_window(job_id=job.pk, was=window_key(job), window=window, by=stop.run.driver.user)
    check_runs()
    assert fresh(stop).confirmed_day is None, "a yes to no window is none to this one"
    assert "✓ confirmed" not in browser.get(board).text
    tell_the_evening()
    assert len(texts()) == 2


def test_a_yes_to_one_day_is_none_to_another(tomorrow, signed_in):
    stop = reachable(StopFactory(run__day=tomorrow))
    tell_the_evening()
    say_yes(OutgoingText.objects.get())
    assert fresh(stop).confirmed_day == tomorrow
    later = tomorrow + dt.timedelta(days=1)
    type(stop.run).objects.filter(pk=stop.run_id).update(
        day=later,
        starts_at=stop.run.starts_at + dt.timedelta(days=1),
        ends_at=stop.run.ends_at + dt.timedelta(days=1),
    )

    page = signed_in(Role.OFFICE).get(f"/board/?day={later}").text

    assert stop.job.order.name in page
    assert "✓ confirmed" not in page
