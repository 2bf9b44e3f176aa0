"""Tell a customer about a delivery, through the gate."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from crm_intake.errors import NotANumber
from crm_intake.gate.decision import reason_of
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import OutgoingText
from crm_intake.services.send_text import send_text
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.phone import to_e164
from portal.setup.selectors.profile import business_zone
from scheduling.errors import NotTold
from scheduling.models import Job
from scheduling.selectors.notices import day_told, notice_of
from scheduling.services.check_runs import check_runs
from scheduling.services.lock_job import refuse_if_moved

EVENING = dt.time(20)


def tell_customer(*, job_id: int, seen: int, text: str, by: User) -> OutgoingText:
    """Send the customer this text, or hold it for a better hour; note which day it named.

    A text that would only go out after the day it names is refused: it would say nothing.

    :param seen: ``Job.moves`` as the page showed it: the words are about that situation.
    :raises JobMoved: somebody has moved it since.
    :raises NotTold: nobody can be told, or the gate refuses; what it refused is kept.
    """
    sent = _send(job_id=job_id, seen=seen, text=text, by=by)
    if sent.state == OutgoingText.State.REFUSED:
        raise NotTold(f"It was not sent. {reason_of(sent.rule)}")
    return sent


@transaction.atomic
def _send(*, job_id: int, seen: int, text: str, by: User) -> OutgoingText:
    jobs = Job.objects.select_for_update(of=("self",)).select_related(
        "order__customer__parent", "picking__destination", "stop__run__truck__vehicle", "moved_by"
    )
    job = jobs.get(pk=job_id)
    refuse_if_moved(job, seen)
    number, day = notice_of(job).number, day_told(job)
    if not to_e164(number, country=settings.BUSINESS_COUNTRY):
        raise NotTold(
            f"Odoo has no telephone number that can get texts for {job.order.name}. "
            "Add one there, or call."
        )
    until = dt.datetime.combine(day, EVENING, business_zone()) if day else None
    try:
        sent = send_text(number=number, text=text, purpose=Purpose.DELIVERY, by=by, not_after=until)
    except NotANumber as exc:
        raise NotTold(str(exc)) from exc
    if sent.state != OutgoingText.State.REFUSED:
        old, job.told_day = job.told_day, day
        job.save(update_fields=["told_day"])
        record(by=by, what="customer told", target=job, old={"day": old}, new={"day": day})
        check_runs(*([job.stop.run_id] if day else []))
        touch("board")
    return sent
