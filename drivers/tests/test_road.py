"""The office follows the day's runs, and decides about what could not count by itself."""

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from drivers.models import Collection, Decision, Drive, StopAction
from drivers.selectors.road import road_of
from drivers.services.decide_act import decide_act
from drivers.tests.phone import CASH, phone_of
from drivers.tests.pictures import a_picture, named, put
from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.testing.days import business_today
from portal.testing.yard import DriverFactory, RunFactory, StopFactory
from scheduling.models import Job, Stop
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
ROAD = reverse("drivers:road")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def office(client, person):
    client.user = person(Role.OFFICE)
    client.force_login(client.user)
    return client


def taken_away(stop, office, *acts):
    """Let the office take the stop off its run while the phone has no signal; send the acts."""
    unplan_job(job_id=stop.job_id, seen=0, by=office.user)
    phone_of(stop).send(*acts)
    OutboxEntry.objects.all().delete()


def decide(office, what, **asked):
    action = StopAction.objects.get(what=what)
    where = reverse("drivers:decide", args=[action.pk])
    return office.post(where, asked, headers=HTMX)


def test_a_run_shows_how_far_it_is_and_when_it_was_heard(office, phone, stop):
    StopFactory(run=stop.run, position=1)
    StopFactory(run=stop.run, position=2, job__state=Job.State.CANCELLED)
    phone.send(phone.act("STARTED", stop.run), phone.act("DELIVERED", stop))
    RunFactory()  # with nothing on it

    page = office.get(ROAD).text

    assert str(stop.run.truck) in page
    assert "1/2" in page
    assert f"Delivered · {stop.job.order.name}" in page
    assert "offline since" not in page
    assert len(road_of(day=stop.run.day).runs) == 1


def test_a_phone_that_is_silent_is_named(office, phone, stop):
    phone.do("STARTED", stop.run)
    Drive.objects.update(heard_at=timezone.now() - dt.timedelta(hours=2))
    assert "offline since" in office.get(ROAD).text

    Drive.objects.update(ended_at=timezone.now())
    assert "offline since" not in office.get(ROAD).text, "it is over"


def test_what_begins_late_is_named(office, phone, stop):
    now = timezone.now()
    stop.run.starts_at, stop.run.ends_at = now - dt.timedelta(minutes=90), now
    stop.run.save()
    assert "1\u00a0h 30\u00a0min late" in office.get(ROAD).text

    phone.do("STARTED", stop.run, at=now - dt.timedelta(minutes=60))
    assert "30\u00a0min late" in office.get(ROAD).text

    stop.run.starts_at = now - dt.timedelta(minutes=50)
    stop.run.save()
    assert "min late" not in office.get(ROAD).text


def test_a_run_of_a_day_that_is_over_and_was_never_begun_is_not_late(office):
    run = StopFactory(run__day=business_today() - dt.timedelta(days=1)).run

    text = office.get(ROAD, {"day": run.day.isoformat()}).text

    assert str(run.truck) in text
    assert "min late" not in text


def test_runs_under_way_stand_first(phone, stop):
    other = StopFactory(run__starts_at=stop.run.starts_at - dt.timedelta(hours=1))
    phone.do("STARTED", stop.run)

    assert [one.run for one in road_of(day=stop.run.day).runs] == [stop.run, other.run]


def test_a_day_without_runs_says_what_to_do(office):
    assert "Put deliveries on a truck" in office.get(ROAD, {"day": "2020-01-01"}).text
    assert office.get(ROAD, {"day": "someday"}).status_code == 200


@pytest.mark.parametrize("number", [1, 4])
def test_the_road_costs_as_many_queries_for_many_runs(django_assert_num_queries, number):
    for _ in range(number):
        stop = StopFactory()
        phone_of(stop).do("ISSUE", stop, text="Flat tyre")
    with django_assert_num_queries(7):
        assert len(road_of(day=stop.run.day).open_acts) == number


def test_a_delivery_that_the_office_lets_count_is_done_on_its_run(office, phone, stop):
    act = phone.act("DELIVERED", stop)
    cash = phone.act("COLLECTED", stop, **CASH, amount="412")
    taken_away(stop, office, act, cash)
    assert "To decide" in office.get(ROAD).text

    assert "Decide about the delivery first" in decide(office, "COLLECTED", counts="on").text
    assert "It counts now." in decide(office, "DELIVERED", counts="on").text
    assert decide(office, "COLLECTED", counts="on").status_code == 200

    done = Stop.objects.get()
    assert (done.run, done.job.state) == (stop.run, Job.State.DONE)
    assert done.done_at == StopAction.objects.get(what="DELIVERED").done_at
    assert [e.command for e in OutboxEntry.objects.order_by("seq")] == [
        *("PlanDelivery", "CompleteDelivery", "CollectPayment")
    ]
    assert Collection.objects.get().amount == 412
    assert "To decide" not in office.get(ROAD).text
    assert str(Decision.objects.first()).startswith("decision about")


def test_a_part_counts_by_its_lines(office, phone, stop):
    move = stop.job.picking.moves.get()
    lines = [{"move": move.pk, "quantity": "1", "reason": "Wet"}]
    taken_away(stop, office, phone.act("DELIVERED", stop, lines=lines))

    decide(office, "DELIVERED", counts="on")

    entry = OutboxEntry.objects.get(command="CompleteDelivery")
    assert [one["quantity"] for one in entry.payload["goods"]] == ["1"]


def test_a_delivery_of_another_driver_s_stop_counts_where_it_is(office, phone, stop):
    act = phone.act("DELIVERED", stop)
    stop.run.driver = DriverFactory()
    stop.run.save()
    phone.send(act)

    assert decide(office, "DELIVERED", counts="on").status_code == 200
    assert Stop.objects.get().done_at


@pytest.mark.parametrize("goes_again", [True, False])
def test_what_nobody_took_counts_where_the_stop_still_is(office, phone, stop, goes_again):
    act = phone.act("NOBODY", stop, reason="Gate locked", goes_again=goes_again)
    stop.run.driver = DriverFactory()
    stop.run.save()
    phone.send(act)

    assert decide(office, "NOBODY", counts="on").status_code == 200
    assert OutboxEntry.objects.get().payload["goes_again"] is goes_again


def test_what_nobody_took_and_is_off_its_run_needs_nothing_more(office, phone, stop):
    taken_away(stop, office, phone.act("NOBODY", stop, reason="Gate locked", goes_again=True))

    assert decide(office, "NOBODY", counts="on").status_code == 200
    assert not OutboxEntry.objects.exists()


def test_a_picture_that_counts_goes_to_odoo_whenever_its_bytes_come(office, phone, stop):
    content = a_picture()
    first, late = (phone.act("PHOTO", stop, **named(content)) for _twice in range(2))
    taken_away(stop, office, first)
    put(phone, first, content)
    decide(office, "PHOTO", counts="on")
    assert OutboxEntry.objects.get().command == "AttachFile"

    phone.send(late)
    action = StopAction.objects.get(submission_id=late["id"])
    decide_act(action_id=action.pk, counts=True, note="", by=office.user)
    assert OutboxEntry.objects.count() == 1
    put(phone, late, content)
    assert OutboxEntry.objects.count() == 2


def test_a_word_that_counts_has_no_more_to_do(office, phone, stop):
    taken_away(stop, office, phone.act("ARRIVED", stop))

    assert decide(office, "ARRIVED", counts="on").status_code == 200
    assert not OutboxEntry.objects.exists()


def test_what_is_settled_otherwise_says_how_and_changes_nothing(office, phone, stop):
    taken_away(stop, office, phone.act("DELIVERED", stop))

    refused = decide(office, "DELIVERED")
    assert (refused.status_code, "Say how it was settled" in refused.text) == (422, True)
    assert decide(office, "DELIVERED", note="x" * 400).status_code == 422

    assert "It is settled." in decide(office, "DELIVERED", note="Done in Odoo").text
    assert Job.objects.get().state == Job.State.TO_SCHEDULE
    again = decide(office, "DELIVERED", counts="on")
    assert "Somebody has decided about this just now." in again.text


def test_what_cannot_count_any_more_says_what_to_do(office, phone, stop):
    taken_away(stop, office, phone.act("DELIVERED", stop))
    Job.objects.update(state=Job.State.CANCELLED)

    answer = decide(office, "DELIVERED", counts="on", note="Try")

    assert (answer.status_code, "Settle it in Odoo" in answer.text) == (422, True)
    assert 'value="Try"' in answer.text
    assert not Decision.objects.exists()


@pytest.mark.parametrize("what", ["ISSUE", "VEHICLE"])
def test_what_a_driver_tells_is_seen_to(office, phone, stop, what):
    about, details = (
        (stop, {"text": "Flat tyre"}) if what == "ISSUE" else (stop.run, {"defects": "Flat tyre"})
    )
    phone.do(what, about, **details)
    assert "“Flat tyre”" in office.get(ROAD).text

    decide(office, what, note="Changed")

    assert "Flat tyre" not in office.get(ROAD).text


def test_what_is_refused_stands_there_too_and_can_only_be_settled(office, phone, stop):
    phone.do("COLLECTED", stop, **CASH, amount="10000000")

    page = office.get(ROAD).text

    assert "10,000,000.00</b> in cash" in page
    assert "Let it count" not in page
    assert decide(office, "COLLECTED", note="A slip").status_code == 200


def test_without_htmx_a_decision_leads_back(office, phone, stop):
    phone.do("ISSUE", stop, text="Flat tyre")
    where = reverse("drivers:decide", args=[StopAction.objects.get().pk])

    assert office.post(where, {"note": "Changed"}).url == ROAD
    assert office.post(where.replace("acts/", "acts/9")).status_code == 404


def test_the_director_reads_and_decides_nothing(client, person, phone, stop):
    phone.do("ISSUE", stop, text="Flat tyre")
    client.force_login(person(Role.DIRECTOR))

    page = client.get(ROAD).text

    assert "Flat tyre" in page
    assert "How it was settled" not in page


def test_the_database_keeps_decisions(office, phone, stop):
    phone.do("ISSUE", stop, text="Flat tyre")
    about = {"action": StopAction.objects.get(), "by": office.user}
    with pytest.raises(IntegrityError, match="says_why_not"), transaction.atomic():
        Decision.objects.create(counts=False, note="", **about)
    Decision.objects.create(counts=True, note="", **about)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Decision.objects.update(counts=False, note="x")
