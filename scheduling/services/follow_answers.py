"""Keep in mind which days customers have said yes to."""

from django.db.models import Exists, F, OuterRef, Q

from crm_intake.models import Message
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.models import Job


@begins_anew
def follow_answers() -> int:
    """Note for each planned job whose last text was answered with yes that its day is confirmed.

    Returns how many were noted.
    """
    said_yes = Exists(Message.objects.filter(answers=OuterRef("notice")))
    new = Q(confirmed_day=None) | ~Q(confirmed_day=F("told_day"))
    planned = Job.objects.filter(new, state=Job.State.SCHEDULED, told_day__isnull=False)
    held = planned.filter(said_yes).order_by("pk").select_for_update(of=("self",))
    noted = Job.objects.filter(pk__in=[job.pk for job in held]).update(confirmed_day=F("told_day"))
    if noted:
        touch("board")
    return noted
