"""What every move of a job begins with."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from portal.setup.selectors.profile import business_zone
from scheduling.errors import JobClosed, JobMoved
from scheduling.models import Job


@dataclass(frozen=True)
class Seen:
    """A job, and ``Job.moves`` as the dispatcher's page showed it."""

    job_id: int
    moves: int


def lock_job(*, job_id: int, seen: int, states: Sequence[Job.State] = Job.OPEN_STATES) -> Job:
    """Return the job, locked until the transaction ends, if it still is where the page showed it.

    :raises JobMoved: somebody has moved it since; the message says who, when and where to.
    :raises JobClosed: its state is none of ``states``: it is done, or was cancelled in Odoo; or its
        transfer is gone.
    """
    [job] = lock_jobs([Seen(job_id, seen)], states=states)
    return job


def lock_jobs(seen: Sequence[Seen], *, states: Sequence[Job.State]) -> list[Job]:
    """Return these jobs in this order, as ``lock_job`` does; one query."""
    jobs = Job.objects.select_related("order", "purchase", "picking", "moved_by").order_by("pk")
    jobs = jobs.filter(pk__in=[one.job_id for one in seen])
    found = {job.pk: job for job in jobs.select_for_update(of=("self",))}
    for one in seen:
        _refuse(found[one.job_id], one.moves, states)
    return [found[one.job_id] for one in seen]


def _refuse(job: Job, moves: int, states: Sequence[Job.State]) -> None:
    if job.state not in states:
        raise JobClosed(f"{job.name} is {job.get_state_display().lower()}: it stays there.")
    if job.moves != moves:
        raise JobMoved(_who_and_when(job))
    refuse_what_is_gone(job)


def refuse_what_is_gone(job: Job) -> None:
    """Refuse an open job whose transfer is gone: the board will show so in a moment.

    :raises JobClosed: it was deleted in Odoo, or the split that would have made it was dropped.
    """
    if job.is_open and job.picking.deleted_at is not None:
        raise JobClosed(f"{job.name} is not wanted in Odoo any more: it ends in a moment.")


def _who_and_when(job: Job) -> str:
    if job.moved_at is None:
        return f"This page was not up to date. {job.name} is shown where it is now."
    at = timezone.localtime(job.moved_at, business_zone())
    stop = getattr(job, "stop", None)
    where = f"to {stop.run.truck} on {stop.run.day:%-d %b}" if stop else "off its run"
    return (
        f"{job.moved_by} moved {job.name} {where} at {at:%H:%M}. "
        "It is shown where it is now: look at it, and move it again if you must."
    )
