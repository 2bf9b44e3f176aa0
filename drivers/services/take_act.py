"""What a driver's phone says that was done: each act once, with a word of its own."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from drivers.errors import DeliveryKept, LoadChanged, NotUnderstood, NotYours, PriceChanged
from drivers.models import StopAction
from drivers.models.stop_action import LONGEST_WORDS
from drivers.selectors.claims import Claim, claimed
from drivers.services.ask_by_card import ask_by_card
from drivers.services.check_load import check_load
from drivers.services.collect_money import collect_money
from drivers.services.deliver_stop import deliver_stop
from drivers.services.drive_run import end_run, hear, start_run
from drivers.services.leave_stop import leave_stop
from drivers.services.note_in_odoo import note_of_stop
from drivers.services.tell_of_way import tell_of_way, withdraw_way_texts
from drivers.services.text_customer import text_customer
from portal.accounts.models import User
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from portal.core.errors import UserFacingError
from portal.setup.selectors.profile import business_zone
from scheduling.errors import JobClosed, StopGone
from scheduling.models import Job, Run, Stop

What, Verdict = StopAction.What, StopAction.Verdict
# The office was there meanwhile: it decides.
CHANGED = (StopGone, JobClosed, LoadChanged, DeliveryKept, PriceChanged)
REUSED = "This was sent before, for something else. Do it once more."
WAIT = "WAIT"
NOON = dt.time(12)  # of the day before: trucks are loaded and checked then


@dataclass(frozen=True)
class Said:
    """An act as a phone says it. ``at`` is by our clock, ``phone_at`` by the phone's.

    ``after`` is the act before it at the same stop, as the phone counts; ``number`` counts all.
    ``refusal`` is why its details can be no act; they are kept as they came then.
    """

    id: uuid.UUID
    what: StopAction.What
    run: uuid.UUID
    by: User
    at: dt.datetime
    claim: str = ""
    stop: uuid.UUID | None = None
    after: uuid.UUID | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    sent: Mapping[str, Any] = field(default_factory=dict)
    refusal: str = ""
    phone: uuid.UUID | None = None
    phone_at: dt.datetime | None = None
    number: int | None = None


@dataclass(frozen=True)
class Answer:
    """What became of an act: ``verdict`` is one of ``StopAction.Verdict``, or ``WAIT``."""

    id: uuid.UUID
    verdict: str
    words: str = ""


@dataclass(frozen=True)
class Where:
    """What an act is about, locked. ``stop`` is ``None`` where the office has removed it."""

    run: Run | None
    job: Job | None
    stop: Stop | None
    claim: Claim | None


NOWHERE = Where(None, None, None, None)


@begins_anew
def take_act(said: Said) -> Answer:
    """Note an act, do what follows from it, and answer; the same again is answered alike.

    What cannot be is noted as refused, and what the office has made impossible is kept for it.
    """
    try:
        where = _find(said)
    except NotYours as refusal:
        return _taken(said) or _noted(said, NOWHERE, Verdict.REFUSED, refusal)
    if known := _taken(said):
        return known
    if said.after and not StopAction.objects.filter(submission_id=said.after).exists():
        return Answer(said.id, WAIT)
    said = replace(said, at=said.at if where.run is None else _bounded(said.at, where.run))
    heard = where.run if where.run is not None and _drives(said.by, where.run) else None
    if heard is not None and where.job is None:
        hear(heard)
    answer = _judge(said, where)
    if heard is not None and where.job is not None:
        hear(heard)  # after what follows has locked the run: everybody locks that first
    return answer


def _judge(said: Said, where: Where) -> Answer:
    """Do what follows from an act that is new, and note what became of it."""
    try:
        with transaction.atomic():
            if said.refusal:
                raise NotUnderstood(said.refusal)
            action = _note(said, where, Verdict.APPLIED)
            _follow(action, said, where)
    except CHANGED as change:
        return _noted(said, where, Verdict.KEPT, change)
    except UserFacingError as refusal:
        return _noted(said, where, Verdict.REFUSED, refusal)
    return _answer(action)


def _find(said: Said) -> Where:
    """Return what the act is about, and lock it: of two that are sent at once one waits.

    :raises NotYours: nobody gave it to this driver.
    """
    if said.stop is None:
        run = Run.objects.select_for_update(of=("self",)).select_related("driver")
        mine = run.filter(uuid=said.run).first()
        if mine is None or not _drives(said.by, mine):
            raise NotYours("This run is not yours any more. Look at your day, or call the office.")
        return Where(mine, None, None, None)
    claim = claimed(said.claim, by=said.by.pk)
    job = Job.objects.select_for_update().filter(pk=claim.job_id).first()
    stop = Stop.objects.select_related("run__driver").filter(job=job).first()
    run_now = Run.objects.select_related("driver").filter(pk=claim.run_id).first()
    return Where(run_now, job, stop, claim)


def _drives(user: User, run: Run) -> bool:
    return run.driver is not None and run.driver.user_id == user.pk


def _bounded(at: dt.datetime, run: Run) -> dt.datetime:
    """Return when it was done, not before a run can have begun: only a wrong clock says so.

    A run of a later day may be driven already.
    """
    zone = business_zone()
    day = min(run.day, timezone.localdate(timezone=zone))
    return max(at, dt.datetime.combine(day - dt.timedelta(days=1), NOON, zone))


def _taken(said: Said) -> Answer | None:
    """Return what was answered when this id came before, if it was for the same."""
    known = StopAction.objects.filter(submission_id=said.id).first()
    if known is None:
        return None
    if (known.what, known.by_id, known.details) != (said.what, said.by.pk, dict(said.sent)):
        return Answer(said.id, Verdict.REFUSED, REUSED)
    return _answer(known)


def _answer(action: StopAction) -> Answer:
    return Answer(action.submission_id, action.verdict, action.words)


def _noted(said: Said, where: Where, verdict: StopAction.Verdict, why: UserFacingError) -> Answer:
    return _answer(_note(said, where, verdict, str(why)[:LONGEST_WORDS]))


def _note(said: Said, where: Where, verdict: StopAction.Verdict, why: str = "") -> StopAction:
    touch("drives")
    return StopAction.objects.create(
        submission_id=said.id,
        what=said.what,
        by=said.by,
        job=where.job,
        stop=where.stop,
        run=where.run,
        details=dict(said.sent),
        verdict=verdict,
        words=why,
        phone=said.phone,
        number=said.number,
        done_at=said.at,
        phone_at=said.phone_at,
    )


def _follow(action: StopAction, said: Said, where: Where) -> None:
    """Do what follows from the act.

    :raises UserFacingError: it cannot be; nothing has followed then.
    """
    if where.job is None:
        if said.what in OF_RUNS:
            assert where.run is not None  # noqa: S101 - it is locked
            OF_RUNS[said.what](action, where.run, said.details)
        return
    stop = where.stop
    if stop is None or not _drives(said.by, stop.run):
        raise StopGone("The office has taken this stop off your run. It decides what counts.")
    if said.what in OF_STOPS:
        assert where.claim is not None  # noqa: S101 - a job is found by it
        OF_STOPS[said.what](action, stop, where.claim.load, said.details)
    if said.what in StopAction.ENDING:
        withdraw_way_texts(where.job, by=said.by)


OF_RUNS: Mapping[str, Callable[[StopAction, Run, Mapping[str, Any]], None]] = {
    What.STARTED: start_run,
    What.LOADED: check_load,
    What.ENDED: end_run,
}
OF_STOPS: Mapping[str, Callable[[StopAction, Stop, str, Mapping[str, Any]], None]] = {
    What.ON_MY_WAY: tell_of_way,
    What.ARRIVED: tell_of_way,
    What.DELIVERED: deliver_stop,
    What.REFUSED: leave_stop,
    What.NOBODY: leave_stop,
    What.COLLECTED: collect_money,
    What.CARD_LINK: ask_by_card,
    What.TEXTED: text_customer,
    What.NOTED: note_of_stop,
    What.ISSUE: note_of_stop,
}
