"""Tell a customer about a delivery, or whom we come to fetch something from, through the gate."""

import datetime as dt

from django.utils import timezone

from crm_intake.gate.decision import reason_of
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import OutgoingText
from crm_intake.services.send_text import send_text
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from portal.setup.selectors.profile import business_zone
from scheduling.errors import NotTold
from scheduling.models import Job
from scheduling.selectors.notices import day_told, number_to_tell, words_about
from scheduling.services.check_runs import check_runs
from scheduling.services.open_run import lock_runs
from scheduling.services.withdraw_notice import withdraw_notice

MIDNIGHT, DAY = dt.time(), dt.timedelta(days=1)


def tell_customer(*, job_id: int, about: str, text: str, by: User) -> OutgoingText:
    """Send the customer this text, or hold it for a better hour; note which day it named.

    A text that could only go out after the day it names is refused: it would say nothing. One that
    still waits about another day is taken back.

    :param about: ``words_about`` the job as the page showed it: the text is about that situation.
    :raises NotTold: the situation is another one by now, the day is over, nobody can be told, or
        the gate refuses; what the gate refused is kept.
    """
    sent = _send(job_id=job_id, about=about, text=text, by=by)
    if sent.state == OutgoingText.State.REFUSED:
        raise NotTold(f"It was not sent. {reason_of(sent.rule)}")
    return sent


@begins_anew
def _send(*, job_id: int, about: str, text: str, by: User) -> OutgoingText:
    job = _lock(job_id)
    if job.state == Job.State.DONE or words_about(job) != about:
        raise NotTold("The delivery is not as it was when this page was made. Read the text again.")
    number, day = number_to_tell(job), day_told(job)
    if not number:
        raise NotTold(
            f"Odoo has no telephone number that can get texts for {job.name}. "
            "Add one there, or call."
        )
    until = dt.datetime.combine(day + DAY, MIDNIGHT, business_zone()) if day else None
    if until is not None and until <= timezone.now():
        raise NotTold("The day that the text names is over. Move the delivery first.")
    withdraw_notice(job, day=day, by=by)
    sent = send_text(number=number, text=text, purpose=Purpose.DELIVERY, by=by, not_after=until)
    if sent.state != OutgoingText.State.REFUSED:
        _note(job, sent, day, by=by)
    return sent


def _lock(job_id: int) -> Job:
    jobs = Job.objects.select_for_update(of=("self",)).select_related(
        *Job.OF_A_NAME, "stop__run__truck__vehicle"
    )
    return jobs.get(pk=job_id)


def _note(job: Job, sent: OutgoingText, day: dt.date | None, *, by: User) -> None:
    old, job.told_day, job.notice = job.told_day, day, sent
    job.save(update_fields=["told_day", "notice"])
    record(by=by, what="customer told", target=job, old={"day": old}, new={"day": day})
    if day is not None:
        lock_runs(job.stop.run_id)
        check_runs(job.stop.run_id)
    touch("board")
