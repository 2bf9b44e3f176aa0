"""A tap is one act, however often the phone sends it."""

import datetime as dt
import uuid

from drivers.models import StopAction
from portal.accounts.models import User
from scheduling.models import Job, Stop


def act_once(
    *, stop: Stop, what: StopAction.What, submission_id: uuid.UUID, at: dt.datetime, by: User
) -> StopAction | None:
    """Note the act and return it; ``None`` when this submission was noted before.

    Call it in a transaction. It locks the stop's job: of two that are sent at once one waits.
    """
    Job.objects.select_for_update().get(pk=stop.job_id)
    action, is_new = StopAction.objects.get_or_create(
        submission_id=submission_id, defaults={"stop": stop, "what": what, "by": by, "done_at": at}
    )
    return action if is_new else None
