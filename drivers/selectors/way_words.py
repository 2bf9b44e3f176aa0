"""What a customer is told of the way there, in which words."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from drivers.models import Tracking
from portal.setup.models import BusinessProfile
from scheduling.models import Job


def on_the_way(
    job: Job, business: BusinessProfile, *, expected_at: dt.datetime | None, link: str
) -> str:
    """Return that we are on the way; ``expected_at`` in the zone in which it is to be read."""
    about = f", about {expected_at:%-I:%M %p}" if expected_at else ""
    if job.is_pickup:
        words = f"we are on our way to fetch {_fetched(job)}"
    else:
        words = f"your delivery {job.name} is on its way"
    return f"{business.name}: {words}{about}. Follow it: {link}"


def arrived(job: Job, business: BusinessProfile) -> str:
    """Return that we are there."""
    if job.is_pickup:
        return f"{business.name}: we are here to fetch {_fetched(job)}."
    return f"{business.name}: your delivery {job.name} has arrived."


def received(job: Job, business: BusinessProfile, *, paid: str, link: str) -> str:
    """Return that we got the money; ``paid`` is how much, and in what."""
    return f"{business.name}: we got {paid} for {job.name}. Receipt: {link}"


def link_to(tracking: Tracking) -> str:
    """Return the whole address of the page on which the job can be followed."""
    return f"{settings.PUBLIC_URL}{reverse('drivers:tracking', args=[tracking.token])}"


def receipt_at(tracking: Tracking) -> str:
    """Return the whole address of the receipt."""
    return f"{settings.PUBLIC_URL}{reverse('drivers:tracking-receipt', args=[tracking.token])}"


def _fetched(job: Job) -> str:
    return f"order {job.name}" if job.purchase else f"what you return ({job.name})"
