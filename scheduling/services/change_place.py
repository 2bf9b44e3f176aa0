"""What people say of a place: where its pin is, and what a driver must know."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.pictures import NotAPicture, jpeg_of
from scheduling.errors import PlaceChanged, TooManyPictures
from scheduling.models import Place, PlacePhoto
from scheduling.models.point import Point
from scheduling.services.follow_places import forget

DESCRIBED = ("drop_spot", "most_width", "most_height", "most_weight", "notes")
MOST_PHOTOS = 20
MOST_BYTES = 12 * 1024 * 1024  # more than a phone's picture has
SIDE, MOST_SIDE = 1600, 12_000


@transaction.atomic
def move_pin(*, place_uuid: UUID, seen: int, point: Point | None, by: User) -> Place:
    """Put the pin of a place there; ``None`` takes it away, and the services are asked again.

    A pin that a person has put holds against Odoo and every service.

    :param seen: ``Place.edits`` as the page showed it.
    :raises PlaceChanged: somebody else was faster.
    """
    place = _lock(place_uuid, seen)
    old = {"source": place.source, "point": str(place.point or "")}
    forget(place)
    place.source_key, place.pinned_by = "", None
    if point is not None:
        place.state, place.source, place.pinned_by = Place.State.FOUND, Place.Source.PERSON, by
        place.latitude, place.longitude, place.is_exact = point.latitude, point.longitude, True
        place.found_at = timezone.now()
    _save(place)
    new = {"source": place.source, "point": str(place.point or "")}
    record(by=by, what="pin moved", target=place, old=old, new=new)
    return place


@transaction.atomic
def describe_place(*, place_uuid: UUID, seen: int, words: Mapping[str, Any], by: User) -> Place:
    """Keep what a driver must know of it: all of ``DESCRIBED``.

    :raises PlaceChanged: somebody else was faster.
    """
    place = _lock(place_uuid, seen)
    old = {name: getattr(place, name) for name in DESCRIBED}
    new = {name: words[name] for name in DESCRIBED}
    for name, value in new.items():
        setattr(place, name, value)
    _save(place)
    record(by=by, what="place described", target=place, old=old, new=new)
    return place


def add_photo(*, place_uuid: UUID, content: bytes, caption: str, by: User) -> PlacePhoto:
    """Keep a picture of a place, drawn anew; the same picture twice is one.

    :raises NotAPicture: it is none, or too large.
    :raises TooManyPictures: there are as many as a driver will look at.
    """
    if len(content) > MOST_BYTES:
        raise NotAPicture(f"The picture is larger than {MOST_BYTES // 1024 // 1024} MB.")
    jpeg = jpeg_of(content, side=SIDE, most_side=MOST_SIDE)
    digest = hashlib.sha256(jpeg).hexdigest()
    with transaction.atomic():
        place = Place.objects.select_for_update().get(uuid=place_uuid)
        if known := place.photos.filter(sha256=digest).first():
            return known
        if place.photos.count() >= MOST_PHOTOS:
            raise TooManyPictures(f"A place has at most {MOST_PHOTOS} pictures. Remove one first.")
        photo = PlacePhoto(place=place, sha256=digest, caption=caption, added_by=by)
        photo.file.save("", ContentFile(jpeg), save=False)
        photo.save()
        record(by=by, what="picture added", target=place, new={"picture": str(photo.uuid)})
        touch("board")
    return photo


@transaction.atomic
def remove_photo(*, photo_uuid: UUID, by: User) -> Place:
    """Remove a picture; its file goes when that is certain."""
    photo = PlacePhoto.objects.select_related("place").select_for_update().get(uuid=photo_uuid)
    storage, name = photo.file.storage, str(photo.file.name)
    photo.delete()
    record(by=by, what="picture removed", target=photo.place, old={"picture": str(photo_uuid)})
    touch("board")
    transaction.on_commit(lambda: storage.delete(name), robust=True)
    return photo.place


def _lock(place_uuid: UUID, seen: int) -> Place:
    place = Place.objects.select_for_update().get(uuid=place_uuid)
    if place.edits != seen:
        raise PlaceChanged(
            "Somebody else has changed this place since. It is shown as it is now: "
            "look at it, and save again what you still want to change."
        )
    return place


def _save(place: Place) -> None:
    place.edits += 1
    place.save()
    touch("board")
