"""Say what deliveries to many addresses cost, in one go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy

from portal.core.errors import UserFacingError
from portal.core.jobs import wake
from scheduling.errors import PlaceUnknown
from scheduling.geo.address_key import key_of
from scheduling.models import Place
from scheduling.models.point import Point
from scheduling.pricing.price import Ask, Goods, Price, price_of
from scheduling.pricing.rates import Rates
from scheduling.selectors.rates import price_list
from scheduling.services.make_quote import FIND_PLACES, postcode_of, why_nowhere, yard_of
from scheduling.services.measure_ways import Distance, measure_ways

NO_ADDRESS = gettext_lazy("Write an address: street, town, state and ZIP code.")
WORDS = Place._meta.get_field("address").max_length


@dataclass(frozen=True)
class Priced:
    """An address with its price and how far it is, or why there is none."""

    address: str
    distance: Distance | None = None
    price: Price | None = None
    refusal: str = ""


def price_many(
    addresses: Sequence[str], *, truck: str = "", goods: Sequence[Goods] = ()
) -> list[Priced]:
    """Return, in their order, what a delivery to each address costs by today's rates.

    Nothing is kept but the ways that a service tells, and the places, of which those that are new
    are looked for. At most nine queries, and one call of a map service for each of its batches.

    :raises YardUnknown: nobody has said where deliveries begin.
    """
    prices = price_list()
    yard, keys = yard_of(prices), [key_of(one) for one in addresses]
    points, lost = _places(dict(zip(keys, addresses, strict=True)))
    ways = measure_ways(yard, list(points.values()), factor=prices.row.road_factor)
    far, rates = dict(zip(points, ways, strict=True)), prices.rates
    return [
        _priced(address, lost.get(key), far.get(key), rates, (truck, goods))
        for key, address in zip(keys, addresses, strict=True)
    ]


def _places(wanted: dict[str, str]) -> tuple[dict[str, Point], dict[str, Place]]:
    """Return by their keys where these addresses are, and the places that are nowhere yet.

    Those that are new are looked for.
    """
    wanted.pop("", None)
    known = Place.objects.filter(key__in=wanted).values_list("key", "latitude", "longitude")
    points = {
        key: Point(latitude, longitude)
        for key, latitude, longitude in known
        if latitude is not None and longitude is not None
    }
    lost = _unknown(unknown := wanted.keys() - points.keys())
    if missing := unknown - lost.keys():
        with transaction.atomic():
            new = [Place(key=key, address=wanted[key][:WORDS]) for key in sorted(missing)]
            Place.objects.bulk_create(new, ignore_conflicts=True)
            wake(FIND_PLACES)
        lost |= _unknown(missing)
    points |= {key: point for key, place in lost.items() if (point := place.point)}
    return points, lost


def _unknown(keys: Collection[str]) -> dict[str, Place]:
    return {place.key: place for place in Place.objects.filter(key__in=keys)} if keys else {}


def _priced(
    address: str,
    lost: Place | None,
    distance: Distance | None,
    rates: Rates,
    what: tuple[str, Sequence[Goods]],
) -> Priced:
    if distance is None:
        return Priced(address, refusal=str(why_nowhere(lost) if lost else PlaceUnknown(NO_ADDRESS)))
    truck, goods = what
    ask = Ask(distance.miles, postcode=postcode_of(address), truck=truck, goods=goods)
    try:
        return Priced(address, distance, price_of(ask, rates))
    except UserFacingError as refusal:
        return Priced(address, distance, refusal=str(refusal))
