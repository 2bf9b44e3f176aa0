"""Say what deliveries to many addresses cost, in one go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import UserFacingError
from portal.core.jobs import wake
from scheduling.errors import PlaceUnknown
from scheduling.geo.address_key import key_of
from scheduling.models import Place
from scheduling.pricing.price import Ask, Goods, Price, price_of
from scheduling.pricing.rates import Rates
from scheduling.selectors.rates import price_list
from scheduling.services.make_quote import FIND_PLACES, postcode_of, why_nowhere, yard_of
from scheduling.services.measure_ways import Distance, measure_ways

OF_A_PLACE = ("key", "state", "tries", "ask_at", "latitude", "longitude")
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
    places = _places(dict(zip(keys, addresses, strict=True)))
    points = {key: point for key, place in places.items() if (point := place.point)}
    ways = measure_ways(yard, list(points.values()), factor=prices.row.road_factor)
    far, rates = dict(zip(points, ways, strict=True)), prices.rates
    return [
        _priced(address, places.get(key), far.get(key), rates, (truck, goods))
        for key, address in zip(keys, addresses, strict=True)
    ]


def _places(wanted: dict[str, str]) -> dict[str, Place]:
    """Return the places of these addresses by their keys; those that are new are looked for."""
    wanted.pop("", None)
    found = _known(wanted)
    missing = wanted.keys() - found.keys()
    if missing:
        with transaction.atomic():
            new = [Place(key=key, address=wanted[key][:WORDS]) for key in sorted(missing)]
            Place.objects.bulk_create(new, ignore_conflicts=True)
            wake(FIND_PLACES)
        found |= _known(missing)
    return found


def _known(keys: Iterable[str]) -> dict[str, Place]:
    found = Place.objects.filter(key__in=keys)
    return {place.key: place for place in found.only(*OF_A_PLACE)}


def _priced(
    address: str,
    place: Place | None,
    distance: Distance | None,
    rates: Rates,
    what: tuple[str, Sequence[Goods]],
) -> Priced:
    if place is None:
        words = _("Write an address: street, town, state and ZIP code.")
        return Priced(address, refusal=str(PlaceUnknown(words)))
    if distance is None:
        return Priced(address, refusal=str(why_nowhere(place)))
    truck, goods = what
    ask = Ask(distance.miles, postcode=postcode_of(address), truck=truck, goods=goods)
    try:
        return Priced(address, distance, price_of(ask, rates))
    except UserFacingError as refusal:
        return Priced(address, distance, refusal=str(refusal))
