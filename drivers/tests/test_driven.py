"""The office looks at one run as it was driven, and ends one whose driver does not."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from drivers.errors import NotUnderWay
from drivers.models import Drive, StopAction
from drivers.selectors.driven_run import driven_run
from drivers.services.close_drive import close_drive
from drivers.services.decide_act import decide_act
from drivers.tests.pictures import a_picture, named, put
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.core.models import Change
from portal.setup.selectors.profile import business_zone
from portal.testing.yard import PickupFactory, RunFactory, StopFactory
from scheduling.models import Job, Place, Run, Stop
from scheduling.services.plan_job import Spot, put_job
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
PICTURE = a_picture()
QUERIES = 16  # of the page, with what every page asks for
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def afternoon(time_machine):
    """Begin at two: some hours ago is the same day."""
    day = timezone.localdate(timezone=business_zone())
    time_machine.move_to(dt.datetime.combine(day, dt.time(14), business_zone()))


@pytest.fixture
def office(signed_in):
    return signed_in(Role.OFFICE, name="Ann")


def page_of(run):
    return reverse("drivers:driven", args=[run.uuid])


def words(answer):
    """Return what a person reads, without tags; each space is one."""
    text = re.sub(r"<[^>]+>", " ", answer.text).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", text)


def at_minute(minute):
    return timezone.now() - dt.timedelta(hours=2) + dt.timedelta(minutes=minute)


def driven(phone, stop, *, end="DELIVERED", **details):
    """Drive to a stop for ten minutes, and stay there for seven."""
    times = zip(("ON_MY_WAY", "ARRIVED", end), (0, 10, 17), strict=True)
    for what, minute in times:
        phone.do(what, stop, at=at_minute(minute), **(details if what == end else {}))


def test_what_was_planned_stands_beside_what_it_was(office, phone, stop):
    Job.objects.update(window_from=at_minute(-60), window_until=at_minute(-15))
    phone.do("STARTED", stop.run, at=at_minute(-5), why="The lamp is ordered")
    driven(phone, stop)
    open_stop = StopFactory(run=stop.run, position=1, job__picking__order__customer__name="Hill")

    shown = driven_run(Run.objects.get())
    assert [one.number for one in shown.stops] == [1, 2]
    first, second = shown.stops
    assert (first.minutes_late, first.minutes_there) == (25, 7)
    assert (second.job, second.end, second.arrived_at) == (open_stop.job, None, None)
    assert (second.minutes_late, second.minutes_there) == (None, None)
    text = words(office.get(page_of(stop.run)))
    assert "25 min late" in text
    assert "7 min there" in text
    assert "✓ Delivered" in text
    assert "2 · Hill" in text
    assert "… open" in text
    assert "Run started “The lamp is ordered”" in text


def test_who_comes_within_the_window_or_says_no_arrival_is_not_late(phone, stop):
    Job.objects.update(window_from=at_minute(0), window_until=at_minute(20))
    phone.do("DELIVERED", stop, at=at_minute(15))

    [shown] = driven_run(stop.run).stops
    assert (shown.minutes_late, shown.minutes_there) == (None, None)

    phone.do("ARRIVED", stop, at=at_minute(16))
    [shown] = driven_run(stop.run).stops
    assert shown.minutes_there is None, "it was over before"


@pytest.mark.parametrize(("latitude", "off"), [("38.500090", 10), ("38.5", 0)])
def test_a_photo_says_how_far_from_the_place_it_was_taken(office, phone, stop, latitude, off):
    place = Place.objects.create(
        key="k",
        address="2 Main St",
        state="FOUND",
        source="PERSON",
        found_at=timezone.now(),
        latitude=Decimal("38.5"),
        longitude=Decimal("-82.6"),
        pinned_by=phone.driver,
    )
    Job.objects.update(place=place)
    spot = {"latitude": latitude, "longitude": "-82.6", "accuracy": 8}
    picture = phone.act("PHOTO", stop, **named(PICTURE), **spot)
    phone.send(picture)
    assert "The picture has not arrived." in words(office.get(page_of(stop.run)))
    put(phone, picture, PICTURE)

    answer = office.get(page_of(stop.run))
    assert f"taken {off} m from the place ± 8 m" in words(answer)
    assert "/driver/proofs/" in answer.text
    Job.objects.update(place=None)
    assert "Where it was taken" in words(office.get(page_of(stop.run)))


def test_a_photo_without_a_spot_says_so(office, phone, stop):
    picture = phone.act("PHOTO", stop, **named(PICTURE))
    phone.send(picture)
    put(phone, picture, PICTURE)

    assert "The phone did not say where." in words(office.get(page_of(stop.run)))


def test_what_is_kept_refused_and_gone_from_the_run_is_told(office, phone, stop):
    delivered = phone.act("DELIVERED", stop)
    odd = phone.act("PHOTO", stop, sha256="x", size=0, latitude="here", longitude=0)
    unplan_job(job_id=stop.job_id, seen=0, by=office.user)
    phone.send(delivered, odd)

    text = words(office.get(page_of(stop.run)))
    assert "Delivered ▲ kept" in text
    assert "Photo ✕ refused" in text
    assert "not on this run any more" in text
    assert "has not arrived" not in text
    [shown] = driven_run(stop.run).stops
    assert (shown.number, shown.end) == (None, None)


def test_what_nobody_took_and_what_was_cancelled_is_told(office, phone, stop):
    other = StopFactory(run=stop.run, position=1)
    driven(phone, stop, end="NOBODY", reason="Nobody there", goes_again=False)
    Job.objects.filter(pk=other.job_id).update(state=Job.State.CANCELLED)

    text = words(office.get(page_of(stop.run)))
    assert "✕ Nobody there" in text
    assert "Cancelled" in text


@pytest.mark.parametrize("others", [0, 8])
def test_as_many_queries_however_much_was_done(
    office, phone, stop, others, django_assert_max_num_queries
):
    for at in range(others + 1):
        here = StopFactory(run=stop.run, position=at) if at else stop
        driven(phone, here)
        photo = phone.act("PHOTO", here, **named(PICTURE))
        phone.send(photo)
        put(phone, photo, PICTURE)
    office.get(page_of(stop.run))

    with django_assert_max_num_queries(QUERIES):
        text = words(office.get(page_of(stop.run)))
    assert text.count("✓ Delivered") == others + 1


def test_what_goes_again_on_the_same_run_is_open_and_its_second_visit_counts(office, phone, stop):
    driven(phone, stop, end="NOBODY", reason="Nobody there", goes_again=True)
    run, job = stop.run, Job.objects.get(pk=stop.job_id)
    put_job(job, Spot(run.truck_id, run.day, 0, run.trip), by=office.user)

    [shown] = driven_run(run).stops
    assert (shown.number, shown.end, shown.arrived_at, shown.is_open) == (1, None, None, True)
    again = Stop.objects.get(job=job)
    phone.do("ARRIVED", again, at=at_minute(60))
    phone.do("DELIVERED", again, at=at_minute(72))
    [shown] = driven_run(run).stops
    assert (shown.end.what, shown.minutes_there) == ("DELIVERED", 12)


def test_a_window_of_another_day_is_not_this_run_s(phone, stop):
    day = dt.timedelta(days=1)
    Job.objects.update(window_from=at_minute(0) - day, window_until=at_minute(5) - day)
    driven(phone, stop)

    [shown] = driven_run(stop.run).stops
    assert (shown.window, shown.minutes_late) == (None, None)


def test_what_was_ended_in_odoo_is_done(office, stop):
    Job.objects.update(state=Job.State.DONE)
    Stop.objects.update(done_at=timezone.now())

    text = words(office.get(page_of(stop.run)))
    assert "✓ Delivered" in text
    assert "… open" not in text


def test_what_the_office_has_settled_says_how(office, phone, stop):
    delivered, photo = phone.act("DELIVERED", stop), phone.act("PHOTO", stop, **named(PICTURE))
    unplan_job(job_id=stop.job_id, seen=0, by=office.user)
    phone.send(delivered, photo)
    acts = dict(StopAction.objects.values_list("what", "pk"))
    decide_act(action_id=acts["PHOTO"], counts=False, note="Another yard", by=office.user)
    decide_act(action_id=acts["DELIVERED"], counts=True, note="Ben saw it", by=office.user)

    text = words(office.get(page_of(stop.run)))
    assert f"{office.user.name} settled it, " in text
    assert ": “Another yard”" in text
    assert "Delivered ✓ counts" in text
    assert f"{office.user.name} let it count, " in text
    assert "“Ben saw it”" in text
    assert "✓ Delivered" in text
    assert "▲ kept" not in text


def test_what_was_fetched_is_told_also_of_a_run_without_driver(office):
    job = PickupFactory(state=Job.State.DONE)
    run = StopFactory(run__driver=None, job=job, done_at=timezone.now()).run

    text = words(office.get(page_of(run)))
    assert "no driver" in text
    assert "✓ Picked up" in text


def test_an_end_of_another_day_names_it(office, phone, stop):
    phone.do("STARTED", stop.run)
    Drive.objects.update(ended_at=timezone.now() + dt.timedelta(days=1))

    for page in (page_of(stop.run), reverse("drivers:road")):
        assert re.search(r"\d+ [A-Z][a-z]{2} \d\d:\d\d", words(office.get(page)))


def test_an_empty_run_says_what_to_do(office):
    assert "Nothing is on this run." in words(office.get(page_of(RunFactory())))
    assert office.get(reverse("drivers:driven", args=[StopFactory().uuid])).status_code == 404


def test_the_office_ends_a_run_once(office, phone, stop):
    phone.do("STARTED", stop.run)
    url = reverse("drivers:drive-end", args=[stop.run.uuid])
    Change.objects.all().delete()

    text = words(office.post(url, headers=HTMX))
    assert "✓ The run is over." in text
    assert "Ended" in text
    assert "End the run" not in text
    assert Drive.objects.get().ended_at is not None
    assert set(Change.objects.values_list("topic", flat=True)) == {"drives", "board"}
    row = AuditRow.objects.get(what="run ended")
    assert (row.by, row.target_id) == (office.user, str(stop.run.uuid))
    again = office.post(url)
    assert (again.status_code, "or it is over." in words(again)) == (422, True)
    assert phone.do("DELIVERED", stop)[0] == "APPLIED", "what the phone still sends counts"
    assert phone.do("ENDED", stop.run)[0] == "APPLIED"


def test_without_script_the_page_comes_back(office, phone, stop):
    phone.do("STARTED", stop.run)

    answer = office.post(reverse("drivers:drive-end", args=[stop.run.uuid]), follow=True)

    assert "The run is over." in words(answer)


def test_a_run_that_nobody_began_is_not_ended(office, stop):
    with pytest.raises(NotUnderWay):
        close_drive(stop.run, by=office.user)


def test_the_director_reads_and_ends_nothing(signed_in, phone, stop):
    phone.do("STARTED", stop.run)
    Drive.objects.update(heard_at=timezone.now() - dt.timedelta(hours=1))

    text = words(signed_in(Role.DIRECTOR).get(page_of(stop.run)))
    assert "offline since" in text
    assert "End the run" not in text
