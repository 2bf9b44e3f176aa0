"""Take back what was moved last, and do again what was taken back."""

from portal.accounts.models import User
from portal.core.deadlocks import begins_anew
from scheduling.errors import JobClosed, JobMoved, NothingToTakeBack
from scheduling.models import BoardStep, Job
from scheduling.services.check_runs import check_runs
from scheduling.services.keep_step import spot_from, steps_of
from scheduling.services.lock_job import Seen, lock_jobs
from scheduling.services.plan_job import Moved, put_job
from scheduling.services.unplan_job import take_off


def undo_move(*, by: User) -> list[Moved]:
    """Put back what this person moved last.

    :raises NothingToTakeBack: there is nothing of the last hours.
    :raises UserFacingError: something else has happened to it since; the one before it is next.
    """
    step = steps_of(by).filter(is_undone=False).order_by("-pk").first()
    if step is None:
        raise NothingToTakeBack("There is no move of yours left to take back.")
    return _try(step, back=True, by=by)


def redo_move(*, by: User) -> list[Moved]:
    """Do again what this person took back last.

    :raises NothingToTakeBack: nothing was taken back, or something was moved since.
    :raises UserFacingError: something else has happened to it since.
    """
    step = steps_of(by).filter(is_undone=True).order_by("pk").first()
    if step is None:
        raise NothingToTakeBack("There is no move of yours left to do again.")
    return _try(step, back=False, by=by)


@begins_anew
def repeat_step(*, step_id: int, back: bool, by: User) -> list[Moved]:
    """Move all jobs of the step; the last that moved is the first to go back.

    :raises NothingToTakeBack: that was done meanwhile.
    :raises UserFacingError: one of them cannot be moved, as ``plan_job`` and ``unplan_job`` say.
    """
    step = BoardStep.objects.select_for_update().filter(pk=step_id).first()
    if step is None or step.is_undone == back:
        raise NothingToTakeBack("That was done in another window of yours just now.")
    changes = step.moves[::-1] if back else step.moves
    here, way = ("after", "came_from") if back else ("before", "went_to")
    jobs = lock_jobs([Seen(one["job"], one[here]) for one in changes], states=Job.OPEN_STATES)
    moved = []
    for job, one in zip(jobs, changes, strict=True):
        spot = spot_from(one[way])
        moved.append(put_job(job, spot, by=by) if spot else take_off(job, by=by))
    check_runs(*(run for one in moved for run in one.judge))
    step.is_undone = back
    step.save(update_fields=["is_undone"])
    there = "before" if back else "after"
    situations = [(one["job"], one[there]) for one in changes]
    _renumber(dict(zip(situations, (job.moves for job in jobs), strict=True)), by=by)
    return moved


def _renumber(numbers: dict[tuple[int, int], int], *, by: User) -> None:
    """Let all steps know a situation of a job by the number that the job has in it now.

    What is taken back is where the step before it left it, though it was moved twice since.
    """
    steps = list(BoardStep.objects.filter(by=by))
    for one in (one for step in steps for one in step.moves):
        for end in ("before", "after"):
            one[end] = numbers.get((one["job"], one[end]), one[end])
    BoardStep.objects.bulk_update(steps, ["moves"])


def _try(step: BoardStep, *, back: bool, by: User) -> list[Moved]:
    try:
        return repeat_step(step_id=step.pk, back=back, by=by)
    except (JobMoved, JobClosed):
        step.delete()  # for good: it would stand in the way of those before it
        raise
