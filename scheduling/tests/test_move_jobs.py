"""Several jobs in one go; what was moved goes back, and again."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.accounts.models import Role
from portal.setup.selectors.profile import business_zone
from portal.testing.yard import JobFactory, RunFactory, StopFactory, TruckFactory
from scheduling.errors import JobMoved, NothingToTakeBack, PlanLocked
from scheduling.models import BoardStep, Job, Stop
from scheduling.services.lock_job import Seen
from scheduling.services.move_jobs import AT_THE_END, move_jobs
from scheduling.services.plan_job import Spot
from scheduling.services.repeat_step import redo_move, repeat_step, undo_move
from scheduling.services.set_lock import set_run_lock
from scheduling.tests.conftest import BOARD, PARTIAL, move, put
from scheduling.tests.conftest import BOARD_DAY as DAY

pytestmark = pytest.mark.django_db
UNDO, REDO = f"/board/undo?day={DAY}", f"/board/redo?day={DAY}"


def seen(*jobs):
    return [Seen(job.pk, Job.objects.get(pk=job.pk).moves) for job in jobs]


def to(truck, position=AT_THE_END):
    return Spot(truck_id=truck.pk, day=DAY, position=position)


def order_on(truck):
    stops = Stop.objects.filter(run__truck=truck).order_by("position")
    assert [stop.position for stop in stops] == list(range(len(stops)))
    return [stop.job for stop in stops]


@pytest.fixture
def five(truck, dispatcher):
    jobs = [JobFactory() for _ in range(5)]
    for job in jobs:
        put(job, truck, dispatcher, day=DAY)
    return jobs


@pytest.mark.parametrize(
    ("moved", "position", "wanted"),
    [
        ((0, 2), 3, "13402"),
        ((0, 2), 1, "10234"),
        ((1, 3), 3, "02413"),
        ((3, 1), 0, "31024"),
        ((4,), 1, "04123"),
        ((0, 1, 2, 3, 4), 0, "01234"),
        ((2,), -7, "20134"),
    ],
)
def test_marked_jobs_stand_behind_each_other_before_those_that_stay(
    five, truck, dispatcher, moved, position, wanted
):
    move_jobs(jobs=seen(*(five[n] for n in moved)), spot=to(truck, position), by=dispatcher)

    assert order_on(truck) == [five[int(n)] for n in wanted]


def test_all_move_or_none(five, dispatcher):
    other = TruckFactory()
    jobs = [*seen(*five[:2]), Seen(five[2].pk, 0)]

    with pytest.raises(JobMoved):
        move_jobs(jobs=jobs, spot=to(other), by=dispatcher)

    assert order_on(other) == []
    assert not BoardStep.objects.exists()
    assert str(BoardStep(pk=7)) == "step 7"


def test_what_was_moved_goes_back_and_again_as_often_as_one_likes(five, truck, dispatcher):
    other = TruckFactory()
    before = order_on(truck)
    move_jobs(jobs=seen(five[0], five[3]), spot=to(other), by=dispatcher)
    move_jobs(jobs=seen(five[3]), spot=None, by=dispatcher)
    after = order_on(truck), order_on(other)

    for _ in range(2):
        undo_move(by=dispatcher)
        undo_move(by=dispatcher)
        assert (order_on(truck), order_on(other)) == (before, [])
        with pytest.raises(NothingToTakeBack):
            undo_move(by=dispatcher)
        redo_move(by=dispatcher)
        redo_move(by=dispatcher)
        assert (order_on(truck), order_on(other)) == after
        with pytest.raises(NothingToTakeBack):
            redo_move(by=dispatcher)


def test_several_of_one_run_are_put_into_the_same_order_again(five, truck, dispatcher):
    move_jobs(jobs=seen(five[0], five[1]), spot=to(truck), by=dispatcher)
    after = order_on(truck)
    assert after == [*five[2:], five[0], five[1]]

    undo_move(by=dispatcher)
    assert order_on(truck) == five
    redo_move(by=dispatcher)

    assert order_on(truck) == after


def test_a_run_that_is_locked_for_a_moment_keeps_the_step(five, truck, dispatcher):
    move_jobs(jobs=seen(five[4]), spot=to(truck, 0), by=dispatcher)
    where = {"truck_id": truck.pk, "day": DAY, "trip": 1, "by": dispatcher}
    set_run_lock(**where, locked=True)
    with pytest.raises(PlanLocked):
        undo_move(by=dispatcher)

    set_run_lock(**where, locked=False)
    undo_move(by=dispatcher)

    assert order_on(truck) == five


def test_a_new_move_is_the_last_one_and_nothing_is_done_again_behind_it(five, truck, dispatcher):
    move_jobs(jobs=seen(five[4]), spot=to(truck, 0), by=dispatcher)
    undo_move(by=dispatcher)
    move_jobs(jobs=seen(five[1]), spot=to(truck, 0), by=dispatcher)

    with pytest.raises(NothingToTakeBack):
        redo_move(by=dispatcher)
    assert order_on(truck)[0] == five[1]


def test_what_somebody_else_has_moved_since_stays_and_the_one_before_it_goes_back(
    five, truck, dispatcher, person
):
    move_jobs(jobs=seen(five[1]), spot=to(truck, 0), by=dispatcher)
    move_jobs(jobs=seen(five[4]), spot=to(truck, 0), by=dispatcher)
    put(five[4], TruckFactory(), person(Role.OFFICE, name="Bob"), day=DAY)

    with pytest.raises(JobMoved, match="Bob moved"):
        undo_move(by=dispatcher)
    undo_move(by=dispatcher)

    assert order_on(truck) == five[:4]
    with pytest.raises(NothingToTakeBack):
        undo_move(by=person(Role.OFFICE))


def test_what_was_moved_long_ago_is_not_taken_back(five, truck, dispatcher):
    move_jobs(jobs=seen(five[1]), spot=to(truck, 0), by=dispatcher)
    BoardStep.objects.update(made_at=timezone.now() - dt.timedelta(hours=13))

    with pytest.raises(NothingToTakeBack):
        undo_move(by=dispatcher)
    move_jobs(jobs=seen(five[2]), spot=to(truck, 0), by=dispatcher)
    assert BoardStep.objects.count() == 1


def test_a_move_that_changes_nothing_is_no_step(five, truck, dispatcher):
    move_jobs(jobs=seen(five[4]), spot=to(truck), by=dispatcher)

    assert not BoardStep.objects.exists()


def test_a_step_that_another_window_took_back_just_now_is_not_taken_back_twice(
    five, truck, dispatcher
):
    move_jobs(jobs=seen(five[4]), spot=to(truck, 0), by=dispatcher)
    step = BoardStep.objects.get()
    undo_move(by=dispatcher)

    with pytest.raises(NothingToTakeBack, match="another window"):
        repeat_step(step_id=step.pk, back=True, by=dispatcher)


def test_the_board_takes_back_and_does_again(office):
    job, truck = JobFactory(), TruckFactory()
    move(office, job, truck=truck.pk)

    assert f"{job.order.name} is to be scheduled again." in office.post(UNDO, headers=PARTIAL).text
    assert f"{job.order.name} is on {truck}" in office.post(REDO, headers=PARTIAL).text
    refused = office.post(REDO, headers=PARTIAL)
    assert (refused.status_code, "left to do again" in refused.text) == (422, True)
    assert office.post(UNDO).url == BOARD


def test_the_board_moves_several_and_says_how_many(office):
    jobs, truck = [JobFactory(), JobFactory()], TruckFactory()
    asked = f"/board/where?job={jobs[0].pk}&job={jobs[1].pk}"
    dialog = office.get(asked, headers=PARTIAL).text
    assert "Move 2 jobs" in dialog
    assert all(job.order.name in dialog for job in jobs)

    both = [f"{job.pk}:0" for job in jobs]
    answer = move(office, jobs[0], job=both, truck=truck.pk)

    assert f"2 jobs are on {truck}, {DAY:%-d %b}." in answer.text
    assert order_on(truck) == jobs
    second = RunFactory(
        day=DAY, truck=truck, trip=2, driver=None, starts_at=_late(), ends_at=_end()
    )
    answer = move(office, jobs[0], job=f"{jobs[0].pk}:1", truck=truck.pk, trip=2)
    assert f"is on {truck}, {DAY:%-d %b}, trip 2." in answer.text
    assert second.stops.get().job == jobs[0]


def test_jobs_from_here_and_there_go_back_where_they_were(office):
    planned, waiting, truck = StopFactory(run__day=DAY).job, JobFactory(), TruckFactory()
    both = [f"{planned.pk}:0", f"{waiting.pk}:0"]
    move(office, planned, job=both, truck=truck.pk)

    assert "2 jobs are back where they were." in office.post(UNDO, headers=PARTIAL).text


def test_nothing_is_asked_for_no_job(office):
    for nothing in ("", "?job=soon"):
        answer = office.get(f"/board/where{nothing}", headers=PARTIAL)
        assert (answer.status_code, "Mark the jobs" in answer.headers["HX-Trigger"]) == (422, True)
        assert office.get(f"/board/where{nothing}").status_code == 302


def _late():
    return dt.datetime.combine(DAY, dt.time(18), business_zone())


def _end():
    return dt.datetime.combine(DAY, dt.time(20), business_zone())


def test_who_marks_more_than_go_at_once_is_told(office, monkeypatch):
    monkeypatch.setattr("scheduling.views.move.MOST", 2)
    asked = "&".join(f"job={JobFactory().pk}" for _ in range(4))

    page = office.get(f"/board/where?{asked}&day={DAY}", headers=PARTIAL).text

    assert "Move 2 jobs" in page
    assert "2 more are marked" in page
    assert "marked" not in office.get(f"/board/where?{asked[: asked.index('&')]}").text
