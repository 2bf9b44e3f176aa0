"""Take back what a customer would be told too late."""

import datetime as dt

from crm_intake.errors import TextMovedOn
from crm_intake.services.settle_text import take_back
from portal.accounts.models import User
from scheduling.models import Job


def withdraw_notice(job: Job, *, day: dt.date | None, by: User) -> None:
    """Take back a text about the job that still waits and names another day.

    The customer has not been told that day then. What is on its way already goes out: the board
    says that they were told another day.
    """
    if job.notice_id is None or job.told_day == day:
        return
    try:
        take_back(text_id=job.notice_id, by=by)
    except TextMovedOn:
        return
    # The parts of a load that was split were told of by one text.
    untold = {"told_day": None, "notice": None, "evening_day": None, "confirmed_day": None}
    Job.objects.filter(notice=job.notice_id).update(**untold)
    for name, value in untold.items():
        setattr(job, name, value)
    job.save(update_fields=list(untold))
