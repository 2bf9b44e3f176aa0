"""The goods are with the customer."""

import datetime as dt
import uuid

from django.db import transaction

from drivers.models import StopAction
from drivers.services.act_once import act_once
from portal.accounts.models import User
from scheduling.models import Stop
from scheduling.services.complete_job import complete_job


@transaction.atomic
def deliver_stop(*, stop_id: int, submission_id: uuid.UUID, at: dt.datetime, by: User) -> None:
    """Let the stop be done, and promise Odoo the delivery and its invoice.

    The same submission again changes nothing.

    :raises JobClosed: it is done already, or was cancelled in Odoo.
    """
    stop = Stop.objects.get(pk=stop_id)
    action = act_once(
        stop=stop, what=StopAction.What.DELIVERED, submission_id=submission_id, at=at, by=by
    )
    if action is not None:
        complete_job(stop_id=stop_id, delivery_uuid=action.uuid, at=at, by=by)
