"""Let each open job be at the place of its delivery address."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from odoo_bridge.models import Partner
from portal.core.changes import touch
from scheduling.geo.address_key import key_of
from scheduling.geo.sea import is_at_sea
from scheduling.models import Job, Place
from scheduling.models.point import Point

AT_ONCE = 500  # jobs in a transaction
State, Source = Place.State, Place.Source


@transaction.atomic
def follow_places() -> int:
    """Give open jobs whose address is new or has changed their places; return how many.

    A place that is known already brings its notes. Where Odoo says where the address is, that is
    taken, unless a person has put the pin somewhere else. Run twice, the second changes nothing.
    """
    destination = "picking__destination"
    same = Q(address_hash=F(f"{destination}__remote_hash"))
    jobs = Job.objects.filter(~same, state__in=Job.OPEN_STATES, picking__destination__isnull=False)
    jobs = jobs.select_related(f"{destination}__state").order_by("pk")
    changed = list(jobs.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    # Places are made and locked in one order, so that two workers never wait for each other.
    for job in sorted(changed, key=lambda one: key_of(one.picking.destination.address)):
        partner = job.picking.destination
        job.place = place_at(partner.address)
        job.address_hash = partner.remote_hash
        if job.place:
            heed_odoo(job.place, partner)
    Job.objects.bulk_update(changed, ["place", "address_hash"])
    if changed:
        touch("board")
    return len(changed)


def place_at(address: str) -> Place | None:
    """Return the place of an address, made if nobody has asked for it before; ``None``: none."""
    key = key_of(address)
    if not key:
        return None
    words = address[: Place._meta.get_field("address").max_length]
    place, _new = Place.objects.get_or_create(key=key, defaults={"address": words})
    return place


def heed_odoo(place: Place, partner: Partner) -> None:
    """Take the point that Odoo has of an address, if it is one of this address.

    Odoo keeps a point when somebody types in another address: one that another place has from
    there already says nothing of this one.
    """
    point = believed_point(partner)
    if point is None:
        return
    place = Place.objects.select_for_update().get(pk=place.pk)  # a pin may be put just now
    if place.source == Source.PERSON:
        return
    where = {"latitude": point.latitude, "longitude": point.longitude}
    if place.source == Source.ODOO and place.point == point:
        return
    if Place.objects.filter(source=Source.ODOO, **where).exclude(pk=place.pk).exists():
        return
    place.state, place.source, place.is_exact = State.FOUND, Source.ODOO, True
    place.latitude, place.longitude = point.latitude, point.longitude
    place.source_key, place.found_at, place.kept_until = "", timezone.now(), None
    place.save()


def believed_point(partner: Partner) -> Point | None:
    """Return where Odoo says that an address is; ``None`` for what can be no address."""
    try:
        point = Point.of(partner.latitude, partner.longitude)
    except ValueError:  # swapped figures need not be on earth
        return None
    return None if is_at_sea(point) else point  # 0, 0 stands for unknown, and is at sea


def forget(place: Place) -> None:
    """Let nobody know any more where the place is; it is not stored yet."""
    place.state, place.source, place.found_at, place.kept_until = State.TO_FIND, "", None, None
    place.latitude = place.longitude = None
    place.is_exact, place.tries, place.ask_at = False, 0, timezone.now()
