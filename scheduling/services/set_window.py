"""Say when a customer takes a delivery."""

import datetime as dt

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.errors import JobClosed, WindowChanged
from scheduling.models import Job, Stop
from scheduling.services.check_runs import check_runs
from scheduling.services.open_run import lock_runs
from scheduling.services.withdraw_notice import withdraw_notice

Window = tuple[dt.datetime, dt.datetime]


@begins_anew
def set_window(*, job_id: int, was: str, window: Window | None, by: User) -> Job:
    """Keep from when to when the job is taken, its end later than its beginning; ``None``: always.

    :param was: ``window_key`` of the job as the page showed it.
    :raises WindowChanged: somebody has said another one since.
    :raises JobClosed: it is done, or was cancelled in Odoo.
    """
    jobs = Job.objects.select_related("order", "purchase", "picking")
    job = jobs.select_for_update(of=("self",)).get(pk=job_id)
    if not job.is_open:
        raise JobClosed(f"{job.name} is {job.get_state_display().lower()}.")
    if window_key(job) != was:
        raise WindowChanged("Somebody else has just said when it is taken. Look at it again.")
    old = (job.window_from, job.window_until)
    new = window or (None, None)
    if old == new:
        return job
    job.window_from, job.window_until = new
    job.save(update_fields=["window_from", "window_until"])
    record(by=by, what="window set", target=job, old=_named(old), new=_named(new))
    withdraw_notice(job, day=None, by=by)
    _forget_the_yes(job)
    runs = Stop.objects.filter(job=job).values_list("run", flat=True)
    lock_runs(*runs)
    check_runs(*runs)
    touch("board")
    return job


def window_key(job: Job) -> str:
    """Return what tells one window from another, as a page keeps it."""
    return "/".join(at.isoformat() for at in (job.window_from, job.window_until) if at)


def _forget_the_yes(job: Job) -> None:
    """A yes was to another window, and whatever is said to that text from now on, too."""
    job.notice, job.evening_day, job.confirmed_day = None, None, None
    job.save(update_fields=["notice", "evening_day", "confirmed_day"])


def _named(window: tuple[dt.datetime | None, dt.datetime | None]) -> dict[str, dt.datetime | None]:
    return dict(zip(("from", "until"), window, strict=True))
