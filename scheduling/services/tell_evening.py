"""Tell customers the evening before when we come, and ask for their yes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from crm_intake.ledger.kinds import Purpose
from crm_intake.models import OutgoingText
from crm_intake.services.send_text import send_text
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.models import Job
from scheduling.selectors.notices import number_to_tell, words_of_evening

OF_A_TEXT = ("stop__run", *Job.OF_A_NAME)


def tell_evening(*, day: dt.date, not_after: dt.datetime) -> int:
    """Text each customer of the day once through the gate; return how many texts were made.

    All that comes to a number is told of by one text, and confirmed by one yes. What the gate
    refuses is kept with its reason and not tried again; who has no number is told as soon as there
    is one. Who could only be told after ``not_after`` is not told.

    :param day: the day after the one on the clock: the words say tomorrow.
    """
    wanted = Job.objects.filter(_untold(day)).select_related(*OF_A_TEXT).order_by("stop__position")
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for job in wanted:
        if number := number_to_tell(job):
            numbers[number].append(job.pk)
    return sum(_tell(to, pks, day=day, not_after=not_after) for to, pks in numbers.items())


def _untold(day: dt.date) -> Q:
    never = Q(evening_day=None) | ~Q(evening_day=day)
    return never & Q(state=Job.State.SCHEDULED, stop__run__day=day)


@begins_anew
def _tell(number: str, pks: Iterable[int], *, day: dt.date, not_after: dt.datetime) -> int:
    """Tell of these jobs, as they are now; what was moved away meanwhile is not told of."""
    locked = Job.objects.select_for_update(of=("self",)).order_by("pk")
    held = [job.pk for job in locked.filter(pk__in=pks)]
    # Read once they are held: what stands beside them may be as it was before the wait.
    found = Job.objects.select_related(*OF_A_TEXT).filter(_untold(day), pk__in=held)
    jobs = list(found.order_by("stop__position", "pk"))
    if not jobs:
        return 0
    text = send_text(
        number=number,
        text=words_of_evening(jobs),
        purpose=Purpose.DELIVERY,
        by=None,
        not_after=not_after,
        asks=True,
    )
    told = Job.objects.filter(pk__in=[job.pk for job in jobs])
    told.update(evening_day=day)
    if text.state != OutgoingText.State.REFUSED:
        told.update(notice=text, told_day=day, confirmed_day=None)
        touch("board")
    return 1
