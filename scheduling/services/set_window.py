"""Say when a customer takes a delivery."""

import datetime as dt

from django.db import transaction

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from scheduling.models import Job, Stop
from scheduling.services.check_runs import check_runs
from scheduling.services.lock_job import lock_job

Window = tuple[dt.datetime, dt.datetime]


@transaction.atomic
def set_window(*, job_id: int, seen: int, window: Window | None, by: User) -> Job:
    """Keep from when to when the job is taken, its end later than its beginning; ``None``: always.

    :param seen: ``Job.moves`` as the dispatcher's page showed it.
    :raises JobMoved: somebody has moved it since.
    :raises JobClosed: it is done, or was cancelled in Odoo.
    """
    job = lock_job(job_id=job_id, seen=seen)
    old = (job.window_from, job.window_until)
    new = window or (None, None)
    if old == new:
        return job
    job.window_from, job.window_until = new
    job.save(update_fields=["window_from", "window_until"])
    record(by=by, what="window set", target=job, old=_named(old), new=_named(new))
    check_runs(*Stop.objects.filter(job=job).values_list("run", flat=True))
    touch("board")
    return job


def _named(window: tuple[dt.datetime | None, dt.datetime | None]) -> dict[str, dt.datetime | None]:
    return dict(zip(("from", "until"), window, strict=True))
