"""Look for the point of an address, and forget points that may be kept no longer."""

import datetime as dt

import structlog
from django.db import transaction
from django.utils import timezone

from portal.core.changes import touch
from scheduling.errors import NoAnswer
from scheduling.geo.found import Found
from scheduling.geo.geocoders import geocoders
from scheduling.geo.sea import is_at_sea
from scheduling.models import Place
from scheduling.services.follow_places import forget

State = Place.State
LEASE = dt.timedelta(minutes=2)  # longer than all services may take together
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
log = structlog.get_logger(__name__)


def find_next() -> bool:
    """Look for the place that has waited longest; return whether there was one.

    What no service knows, or finds at sea, asks for a pin, as all does where there is no service
    to ask; one that does not answer is asked again later.
    """
    services = list(geocoders())
    if not services:
        _ask_people()
        return False
    place = _claim()
    if place is None:
        return False
    all_answered = True
    for source, find in services:
        try:
            found = find(place.address)
        except NoAnswer as why:
            all_answered = False
            log.warning("geocoder_does_not_answer", service=source, why=str(why))
            continue
        if found and not is_at_sea(found.point):
            _settle(place, found=found, source=source)
            return True
    if all_answered:
        _settle(place, found=None, source="")
    else:
        pause = PAUSES[min(place.tries, len(PAUSES)) - 1]
        Place.objects.filter(pk=place.pk, state=State.TO_FIND).update(ask_at=timezone.now() + pause)
    return True


@transaction.atomic
def forget_old_points() -> int:
    """Forget the points whose time is over, and look for them anew; return how many."""
    due = Place.objects.filter(kept_until__lte=timezone.now())
    places = list(due.select_for_update(skip_locked=True))
    for place in places:
        forget(place)
        place.save()
    return len(places)


@transaction.atomic
def _ask_people() -> None:
    """Ask for a pin; what was asked of nobody keeps no tries, and a later service may say it."""
    if Place.objects.filter(state=State.TO_FIND).update(state=State.NOT_FOUND, tries=0):
        touch("board")


@transaction.atomic
def _claim() -> Place | None:
    now = timezone.now()
    Place.objects.filter(state=State.NOT_FOUND, tries=0).update(state=State.TO_FIND)
    waiting = Place.objects.filter(state=State.TO_FIND, ask_at__lte=now)
    place = waiting.select_for_update(skip_locked=True).order_by("ask_at", "pk").first()
    if place:
        place.tries, place.ask_at = place.tries + 1, now + LEASE
        place.save(update_fields=["tries", "ask_at"])
    return place


@transaction.atomic
def _settle(asked: Place, *, found: Found | None, source: str) -> None:
    """Keep the answer, unless a person or Odoo has said meanwhile where it is."""
    place = Place.objects.select_for_update().get(pk=asked.pk)
    if place.state != State.TO_FIND:
        return
    now = timezone.now()
    if found is None:
        place.state = State.NOT_FOUND
    else:
        place.state, place.source, place.is_exact = State.FOUND, source, found.exact
        place.latitude, place.longitude = found.point.latitude, found.point.longitude
        place.found_at, place.source_key = now, found.key[:300]
        place.kept_until = now + found.kept_for if found.kept_for else None
    place.save()
    touch("board")
