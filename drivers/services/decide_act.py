"""The office decides about what a driver did and could not count by itself."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.db import transaction

from drivers.errors import DeliveryKept, NotDecided
from drivers.models import Decision, StopAction
from drivers.selectors.claims import load_mark
from drivers.services.ask_by_card import ask_by_card
from drivers.services.collect_money import collect_money
from drivers.services.deliver_stop import deliver_stop, lines_of
from drivers.services.keep_file import promise_file
from drivers.services.leave_stop import leave_stop
from drivers.services.note_in_odoo import promise_note
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from scheduling.models import Job, Stop
from scheduling.services.plan_job import BEHIND_ALL, Spot, put_job

What = StopAction.What
SAY_HOW = "Say how it was settled: whoever asks later reads it here."


@transaction.atomic
def decide_act(*, action_id: int, counts: bool, note: str, by: User) -> Decision:
    """Let an act count after all, or settle it otherwise: then ``note`` says how.

    :raises NotDecided: somebody has decided already, nobody says how it was settled, or nothing can
        follow from it any more.
    :raises UserFacingError: what should follow is refused, for the reason that is told.
    """
    action = StopAction.objects.select_for_update(of=("self",), no_key=True).get(pk=action_id)
    if Decision.objects.filter(action=action).exists():
        raise NotDecided("Somebody has decided about this just now.")
    if not counts and not note:
        raise NotDecided(SAY_HOW)
    if counts and action.verdict == StopAction.Verdict.KEPT and action.job_id is not None:
        job = Job.objects.select_for_update().get(pk=action.job_id)
        if follow := FOLLOWS.get(What(action.what)):
            follow(action, job, by)
    decision = Decision.objects.create(action=action, counts=counts, note=note, by=by)
    new = {"counts": counts, "note": note, "what": action.what}
    record(by=by, what="act decided", target=action, new=new)
    touch("drives")
    return decision


def _delivered(action: StopAction, job: Job, by: User) -> None:
    stop = Stop.objects.filter(job=job).first() or _put_back(action, job, by)
    said = {"lines": lines_of(action.details)}
    deliver_stop(action, stop, load_mark(stop.job), said)


def _put_back(action: StopAction, job: Job, by: User) -> Stop:
    """Put the job where the driver had it: what was delivered was on a run."""
    run = action.run
    if run is None or job.state != Job.State.TO_SCHEDULE:
        raise NotDecided(
            f"{job.name} is {job.get_state_display().lower()}, and its run is gone. "
            "Settle it in Odoo, and say so here."
        )
    spot = Spot(truck_id=run.truck_id, day=run.day, position=BEHIND_ALL, trip=run.trip)
    put_job(job, spot, by=by)
    return Stop.objects.select_related("job").get(job=job)


def _left(action: StopAction, job: Job, _by: User) -> None:
    stop = Stop.objects.filter(job=job).first()
    if stop is None:
        return
    details = action.details
    said = {"reason": details["reason"], "goes_again": bool(details.get("goes_again"))}
    leave_stop(action, stop, "", said)


def _collected(action: StopAction, job: Job, _by: User) -> None:
    stop = Stop.objects.filter(job=job).first()
    first = "Decide about the delivery first: the money was taken for that."
    if stop is None:
        raise NotDecided(first)
    details, due = action.details, action.details.get("due")
    said = {
        "amount": Decimal(str(details["amount"])),
        "method": details["method"],
        "number": details.get("number", ""),
        "reason": details.get("reason", ""),
        "due": Decimal(str(due)) if due not in (None, "") else None,
    }
    try:
        collect_money(action, stop, "", said)
    except DeliveryKept as waits:
        raise NotDecided(first) from waits


def _by_card(action: StopAction, job: Job, _by: User) -> None:
    stop = Stop.objects.filter(job=job).first()
    first = "Decide about the delivery first: it is what the card is to pay."
    if stop is None:
        raise NotDecided(first)
    try:
        ask_by_card(action, stop, "", {"amount": Decimal(str(action.details["amount"]))})
    except DeliveryKept as waits:
        raise NotDecided(first) from waits


def _pictured(action: StopAction, _job: Job, by: User) -> None:
    if proof := getattr(action, "proof", None):
        promise_file(proof, by=by)


FOLLOWS: Mapping[StopAction.What, Callable[[StopAction, Job, User], None]] = {
    What.DELIVERED: _delivered,
    What.REFUSED: _left,
    What.NOBODY: _left,
    What.COLLECTED: _collected,
    What.CARD_LINK: _by_card,
    What.PHOTO: _pictured,
    What.SIGNED: _pictured,
    What.CHECK: _pictured,
    What.NOTED: promise_note,
    What.ISSUE: promise_note,
}
