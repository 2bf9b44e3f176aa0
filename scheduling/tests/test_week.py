"""The board's week: a cell for each truck and day, moved into and back."""

import datetime as dt

import pytest

from portal.testing.yard import JobFactory, RunFactory, StopFactory, TruckFactory
from scheduling.models import Closure, Job, Stop
from scheduling.selectors.week import monday_of, week_of
from scheduling.services.set_lock import set_run_lock
from scheduling.tests.conftest import BOARD
from scheduling.tests.conftest import BOARD_DAY as DAY

pytestmark = pytest.mark.django_db
MONDAY = monday_of(DAY)
WEEK = f"{BOARD}&span=week"


def on(days):
    return MONDAY + dt.timedelta(days=days)


def test_each_truck_has_each_day_of_the_week_with_its_trips():
    run = StopFactory(run__day=on(2)).run
    later = {"starts_at": run.ends_at, "ends_at": run.ends_at + dt.timedelta(hours=1)}
    RunFactory(truck=run.truck, day=on(2), trip=2, driver=None, **later)
    RunFactory(truck=run.truck, day=on(7), driver=None)
    TruckFactory()
    Closure.objects.create(first_day=on(3), last_day=on(3), name="Fair")

    week = week_of(day=on(6))

    assert [one.day for one in week.days] == [on(n) for n in range(7)]
    assert [one.closed for one in week.days] == ["", "", "", "Fair", "", "", ""]
    cells = [len(cell.lanes) for row in week.rows for cell in row.cells]
    assert sorted(cells) == [1] * 13 + [2]
    [row] = [row for row in week.rows if row.truck == run.truck]
    assert [lane.run and lane.run.trip for lane in row.cells[2].lanes] == [1, 2]


@pytest.mark.parametrize("number", [1, 10])
def test_the_week_takes_the_same_queries_however_many_jobs(django_assert_num_queries, number):
    for _ in range(number):
        StopFactory(run__day=DAY)
        JobFactory()

    with django_assert_num_queries(10):
        week = week_of(day=DAY)

    assert (len(week.rows), week.pool.total) == (number, number)


def test_the_week_is_shown_moved_in_and_stays_the_week(office, dispatcher):
    stop, job = StopFactory(run__day=on(1)), JobFactory()
    Job.objects.filter(pk=stop.job_id).update(state="CANCELLED")
    done = StopFactory(run=stop.run, position=1)
    Stop.objects.filter(pk=done.pk).update(done_at=stop.run.starts_at)
    locked = StopFactory(run__day=on(1)).run
    set_run_lock(truck_id=locked.truck_id, day=on(1), trip=1, locked=True, by=dispatcher)

    page = office.get(WEEK).text

    for words in (f"Week of {MONDAY.day}", "cancelled in Odoo", "✓ delivered", "🔒"):
        assert words in page
    assert page.count("data-closed") == 1
    data = {"job": f"{job.pk}:0", "truck": stop.run.truck_id, "day": on(4).isoformat()}
    assert office.post(f"/board/move?day={DAY}&span=week", data).url == WEEK
    assert Stop.objects.get(job=job).run.day == on(4)
    assert "span=week" in office.post(f"/board/undo?day={DAY}", {"span": "week"}).url
    assert "span=week" in office.post(f"/board/redo?day={DAY}&span=week").url


def test_without_trucks_the_week_says_where_they_come_from(office):
    assert "A vehicle of Odoo's fleet becomes one" in office.get(WEEK).text


def test_what_is_wrong_in_the_week_needs_a_look(office):
    stop = StopFactory(run__day=on(1))
    wrong = [{"words": "too full", "reason": "1 m³ over.", "certain": True}]
    Stop.objects.update(problems=wrong)
    type(stop.run).objects.update(problems=wrong)

    assert "Needs a look" in office.get(WEEK).text
    assert len(week_of(day=DAY).troubles) == 2


def test_today_is_looked_at_by_the_week_from_another_week(office):
    assert 'href="/board/?span=week" >Today<' in office.get(f"{BOARD}&span=week").text
    assert 'href="/board/" >Today<' in office.get(BOARD).text
