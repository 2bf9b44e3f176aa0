"""A tap is one act, however often the phone sends it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from drivers.errors import TapReused
from drivers.models import StopAction
from portal.accounts.models import User
from scheduling.errors import StopGone
from scheduling.models import Stop
from scheduling.services.lock_stop import lock_stop

REUSED = "This was sent before, for something else. Open the stop again, and do it once more."


@dataclass(frozen=True)
class Tap:
    """Who has tapped when, with the id that came with the page."""

    submission_id: uuid.UUID
    at: dt.datetime
    by: User


def act_once(*, stop_id: int, what: StopAction.What, tap: Tap) -> tuple[Stop, StopAction | None]:
    """Note the act; return the stop and the act, or no act when this tap was noted before.

    Call it in a transaction. It locks the stop's job: of two that are sent at once one waits, and
    so does the office.

    :raises StopGone: the stop is not on a run of this driver any more.
    :raises TapReused: the tap's id was sent before, for something else.
    """
    stop = lock_stop(stop_id=stop_id)
    driver = stop.run.driver
    if driver is None or driver.user_id != tap.by.pk:
        raise StopGone("The office has given this stop to somebody else. Look at your run again.")
    values = {"stop": stop, "what": what, "by": tap.by, "done_at": tap.at}
    action, is_new = StopAction.objects.get_or_create(
        submission_id=tap.submission_id, defaults=values
    )
    if is_new:
        return stop, action
    if (action.stop_id, action.what, action.by_id) != (stop.pk, what, tap.by.pk):
        raise TapReused(REUSED)
    return stop, None
