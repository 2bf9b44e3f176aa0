"""The goods are with the customer, or those to fetch are on the truck."""

from django.db import transaction

from drivers.models import StopAction
from drivers.services.act_once import Tap, act_once
from scheduling.services.complete_job import complete_job


@transaction.atomic
def deliver_stop(*, stop_id: int, tap: Tap) -> None:
    """Let the stop be done, and promise Odoo the delivery and its invoice, or the receipt.

    The same tap again changes nothing.

    :raises StopGone: the stop is not on a run of this driver any more.
    :raises TapReused: the tap's id was sent before, for something else.
    :raises JobClosed: it is done already, or was cancelled in Odoo.
    """
    _, action = act_once(stop_id=stop_id, what=StopAction.What.DELIVERED, tap=tap)
    if action is not None:
        complete_job(stop_id=stop_id, delivery_uuid=action.uuid, at=tap.at, by=tap.by)
