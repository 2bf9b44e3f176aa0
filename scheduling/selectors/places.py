"""Places as the office sees them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from scheduling.models import Job, Place, PlacePhoto

MOST = 200
RECENT = 10
OPEN = Q(jobs__state__in=Job.OPEN_STATES)


@dataclass(frozen=True)
class PlaceView:
    """A place with its pictures, and the latest jobs that go or went there."""

    place: Place
    photos: list[PlacePhoto]
    jobs: list[Job]


def needing_a_pin() -> QuerySet[Place]:
    """Return the places of open jobs that nobody could find."""
    return Place.objects.filter(OPEN, state=Place.State.NOT_FOUND).distinct()


def places_to_look_at() -> list[Place]:
    """Return those places, the ones with most waiting jobs first; at most ``MOST``; one query."""
    counted = Place.objects.filter(state=Place.State.NOT_FOUND).annotate(
        waiting=Count("jobs", filter=OPEN)
    )
    return list(counted.filter(waiting__gt=0).order_by("-waiting", "pk")[:MOST])


def searched_places(words: str) -> list[Place]:
    """Return places whose address has all of these words; at most ``MOST``; one query."""
    found = Place.objects.all()
    for word in words.split():
        found = found.filter(address__icontains=word)
    return list(found.order_by("address", "pk")[:MOST])


def one_place(place_uuid: UUID) -> PlaceView:
    """Return a place with all that its page says; three queries.

    :raises Place.DoesNotExist: there is none.
    """
    place = Place.objects.select_related("pinned_by").get(uuid=place_uuid)
    jobs = place.jobs.select_related(*Job.OF_A_NAME, "stop__run").order_by("-pk")
    return PlaceView(
        place=place,
        photos=list(place.photos.select_related("added_by").order_by("pk")),
        jobs=list(jobs[:RECENT]),
    )
