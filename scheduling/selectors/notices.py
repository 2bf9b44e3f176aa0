"""What a customer or a vendor may be told of a job, and whether it may be told now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from crm_intake.gate.decision import Decision
from crm_intake.gate.judge import can_send
from crm_intake.ledger.kinds import Purpose
from crm_intake.selectors.facts import facts_of
from portal.core.phone import for_people, to_e164
from portal.setup.selectors.profile import business_profile
from scheduling.models import Job


@dataclass(frozen=True)
class Notice:
    """A text about a job, the number it would go to, for people, and what the gate says of it.

    Without a number nobody can be told, and the gate says nothing.
    """

    job: Job
    number: str
    text: str
    decision: Decision | None


def notice_of(job: Job) -> Notice:
    """Return what the customer would be told of the job as it is now."""
    number, text, now = number_to_tell(job), words_about(job), timezone.now()
    decision = None
    if number:
        facts = facts_of(number, at=now)
        decision = can_send(facts, purpose=Purpose.DELIVERY, text=text, at=now)
    return Notice(job=job, number=for_people(number), text=text, decision=decision)


def number_to_tell(job: Job) -> str:
    """Return whom to tell, as E.164: at the place, else the customer; empty: nobody can be."""
    people = (job.picking.destination, job.customer)
    number = next((one.phone for one in people if one and one.phone), "")
    return to_e164(number, country=settings.BUSINESS_COUNTRY) or ""


def words_about(job: Job) -> str:
    """Return the text: planned, planned anew, put off, or called off."""
    business = business_profile().name
    if job.is_pickup:
        return _words_about_pickup(job, business)
    which = f"your delivery {job.name}"
    if job.state == Job.State.CANCELLED:
        return f"{business}: {which} is cancelled. Please call us if that is not right."
    stop = getattr(job, "stop", None)
    if stop is None:
        was = f" of {_day(job.told_day)}" if job.told_day else ""
        return f"{business}: {which}{was} has to be put off. We will tell you the new day."
    now = "is now" if job.told_day not in {None, stop.run.day} else "is"
    return f"{business}: {which} {now} planned for {_day(stop.run.day)}{_hours(job, stop.run.day)}."


def _words_about_pickup(job: Job, business: str) -> str:
    what = f"order {job.name}" if job.purchase else f"what you return ({job.name})"
    if job.state == Job.State.CANCELLED:
        return f"{business}: we do not come to fetch {what}. Please call us if that is not right."
    stop = getattr(job, "stop", None)
    if stop is None:
        was = f" on {_day(job.told_day)}" if job.told_day else ""
        return f"{business}: we cannot come to fetch {what}{was}. We will tell you the new day."
    day = f"on {_day(stop.run.day)}{_hours(job, stop.run.day)}"
    if job.told_day in {None, stop.run.day}:
        return f"{business}: we come to fetch {what} {day}."
    return f"{business}: we now come to fetch {what} {day}."


def words_of_evening(jobs: Sequence[Job]) -> str:
    """Return what is said the evening before of a customer's jobs of a day."""
    groups: dict[tuple[bool, str], list[Job]] = {}
    for job in jobs:
        groups.setdefault((job.is_pickup, hours_told(job)), []).append(job)
    said = "; ".join(map(_evening_of, groups.values()))
    return (
        f"{business_profile().name}: {said}. Reply YES if that is fine, or write what we should "
        "know."
    )


def _evening_of(jobs: Sequence[Job]) -> str:
    """Return what is said of jobs of one kind and window; the parts of a load are one order."""
    first, names = jobs[0], list(dict.fromkeys(job.name for job in jobs))
    which = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    day = first.stop.run.day
    when = f"tomorrow, {_day(day)}{_hours(first, day)}"
    if first.is_pickup:
        return f"we come {when}, to fetch what you have for us ({which})"
    return f"your delivery {which} comes {when}"


def hours_told(job: Job) -> str:
    """Return the window as a text names it, empty where it is none of the day."""
    return _hours(job, job.stop.run.day)


def day_told(job: Job) -> dt.date | None:
    """Return the day that the text names as the day of the delivery or the pickup."""
    stop = getattr(job, "stop", None)
    return stop.run.day if stop and job.is_open else None


def _day(day: dt.date) -> str:
    return f"{day:%A, %B} {day.day}"


def _hours(job: Job, day: dt.date) -> str:
    """Return the window, where it is one of the day."""
    if job.window_from is None or job.window_until is None:
        return ""
    begins, over = timezone.localtime(job.window_from), timezone.localtime(job.window_until)
    if begins.date() != day:
        return ""
    return f", between {_clock(begins)} and {_clock(over)}"


def _clock(moment: dt.datetime) -> str:
    return f"{moment:%I:%M %p}".lstrip("0")
