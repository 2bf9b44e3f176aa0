"""What a driver has noted of a stop, or what went wrong there, for those who work in Odoo."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from drivers.models import StopAction
from odoo_bridge.commands import About, AddNote
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User
from portal.setup.selectors.profile import business_zone
from scheduling.models import Job, Stop


def note_of_stop(action: StopAction, stop: Stop, load: str, said: Mapping[str, Any]) -> None:
    """Promise Odoo the words, as ``promise_note`` does."""
    del load, said  # the act has them as they came
    promise_note(action, stop.job, action.by)


def promise_note(action: StopAction, job: Job, by: User) -> None:
    """Let the words stand under the order, the purchase, or else the customer; once for the act."""
    about, record = About.ORDER, job.order
    if record is None:
        about, record = _of_a_pickup(job)
    if record is None:
        return
    at = timezone.localtime(action.done_at, business_zone())
    what = f"{action.get_what_display()} of {action.by}, {at:%Y-%m-%d %H:%M}"
    text = f"{what}: {action.details['text']}"
    command = AddNote(about=about, about_uuid=record.uuid, note_uuid=action.uuid, text=text)
    enqueue(command, by=by)


def _of_a_pickup(job: Job) -> tuple[About, Any]:
    if job.purchase is not None:
        return About.PURCHASE, job.purchase
    return About.CUSTOMER, job.customer
