"""A customer is told that we are on the way, and that we are there, through the gate."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.utils import timezone

from crm_intake.errors import TextMovedOn
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import OutgoingText
from crm_intake.services.send_text import send_text
from crm_intake.services.settle_text import take_back
from drivers.models import StopAction, Tracking, WayText
from drivers.selectors.rules import driver_rules
from drivers.selectors.way_words import arrived, link_to, on_the_way
from drivers.services.estimate_arrival import estimate_arrival
from portal.accounts.models import User
from portal.setup.selectors.profile import business_profile, business_zone
from scheduling.models import Job, Stop
from scheduling.selectors.notices import number_to_tell

NEWS_MAY_WAIT = dt.timedelta(minutes=30)  # from the road, a driver's own words included
KEPT_FOR = dt.timedelta(days=14)
Kind = WayText.Kind


def tell_of_way(action: StopAction, stop: Stop, load: str, said: Mapping[str, Any]) -> None:
    """Text the customer once a day and kind, if the business wants it and a number is known.

    An act that comes long after it was done tells nobody: it would say what is over. What the gate
    refuses is kept with its reason, and no error of the driver's. The caller has locked the job.
    """
    del load, said  # it is about the way, whatever is on the truck
    kind, until = Kind(action.what), action.done_at + NEWS_MAY_WAIT
    [job] = Job.objects.select_related("place", *Job.OF_A_NAME).filter(pk=stop.job_id)
    stop.job = job
    if kind == Kind.ARRIVED:
        withdraw_way_texts(job, by=action.by)
    number = number_to_tell(job)
    is_in_time = until > timezone.now() and job.state == Job.State.SCHEDULED
    if not (is_in_time and number and _is_wanted(kind)) or _was_told(stop, kind):
        return
    expected_at = None
    if kind == Kind.ON_MY_WAY:
        expected_at = estimate_arrival(stop, since=action.done_at)
    text = send_text(
        number=number,
        text=_words(stop, kind, expected_at),
        purpose=Purpose.DELIVERY,
        by=None,  # it goes by itself: nobody has answered what the customer may have asked
        not_after=until,
    )
    WayText.objects.create(job=job, kind=kind, day=stop.run.day, text=text, expected_at=expected_at)


def withdraw_way_texts(job: Job, *, by: User) -> None:
    """Take back what still waits: we are there, or were. What is on its way goes out."""
    waiting = OutgoingText.objects.filter(
        pk__in=WayText.objects.filter(job=job).values("text"), state__in=OutgoingText.WAITING
    )
    for text_id in waiting.values_list("pk", flat=True):
        with suppress(TextMovedOn):
            take_back(text_id=text_id, by=by)


def tracking_of(job: Job) -> Tracking:
    """Return where the job can be followed; from now on for some days when it is closed."""
    expires = timezone.now() + KEPT_FOR
    return Tracking.objects.update_or_create(job=job, defaults={"expires": expires})[0]


def _is_wanted(kind: Kind) -> bool:
    rules = driver_rules()
    return rules.text_on_the_way if kind == Kind.ON_MY_WAY else rules.text_on_arrival


def _was_told(stop: Stop, kind: Kind) -> bool:
    """Say whether this was told today already, or that we are there, which says more."""
    told = WayText.objects.filter(job=stop.job_id, day=stop.run.day)
    return told.filter(kind__in=(kind, Kind.ARRIVED)).exists()


def _words(stop: Stop, kind: Kind, expected_at: dt.datetime | None) -> str:
    business = business_profile()
    if kind == Kind.ARRIVED:
        return arrived(stop.job, business)
    local = expected_at and expected_at.astimezone(business_zone())
    link = link_to(tracking_of(stop.job))
    return on_the_way(stop.job, business, expected_at=local, link=link)
