"""Say what a delivery costs, and keep what was said."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.jobs import wake
from portal.setup.selectors.profile import business_profile
from scheduling.errors import BeingLookedFor, PlaceUnknown, YardUnknown
from scheduling.geo.straight import METRES_A_MILE
from scheduling.models import Place, Quote
from scheduling.models.point import Point
from scheduling.pricing.price import Ask, Goods, Price, price_of
from scheduling.selectors.rates import PriceList, price_list
from scheduling.services.follow_places import place_at
from scheduling.services.measure_ways import Distance, measure_ways

FIND_PLACES = "scheduling.tasks.find_places"
TYPED = "PERSON"
PATIENCE = dt.timedelta(seconds=30)  # of a customer on the phone; a search takes a few
POSTCODE = re.compile(r"\b(\d{5})(?:-\d{4})?\s*$")


def make_quote(
    *, address: str, miles: Decimal | None, truck: str, goods: Sequence[Goods], by: User
) -> Quote:
    """Return what a delivery there costs by today's rates, kept as it is said.

    :param miles: how far it is one way, if a person says so; else it is measured from the yard.
    :raises BeingLookedFor: nobody knows yet where that is.
    :raises PlaceUnknown: nobody can find it; it needs a pin, or the miles.
    :raises YardUnknown: nobody has said where deliveries begin.
    :raises TooFar, NoSuchTruck: there is no price.
    """
    prices = price_list()
    place = known_place(address)
    if miles is None:
        distance = distance_to(place, prices)
    else:
        distance = Distance(round(float(miles) * METRES_A_MILE), TYPED)
    far = distance.miles if miles is None else miles
    ask = Ask(far, postcode=postcode_of(address), truck=truck, goods=goods)
    return _keep(place, distance, ask, price_of(ask, prices.rates), by=by)


def known_place(address: str) -> Place:
    """Return the place of an address, which is looked for if nobody has asked for it before."""
    with transaction.atomic():
        place = place_at(address)
        if place is None:
            raise PlaceUnknown(_("Write an address: street, town, state and ZIP code."))
        if place.state == Place.State.TO_FIND:
            wake(FIND_PLACES)
    return place


def distance_to(place: Place, prices: PriceList) -> Distance:
    """Return how far a place is from the yard.

    :raises YardUnknown, PlaceUnknown, BeingLookedFor: nobody can say.
    """
    yard = yard_of(prices)
    if place.point is None:
        raise why_nowhere(place)
    [distance] = measure_ways(yard, [place.point], factor=prices.row.road_factor)
    return distance


def yard_of(prices: PriceList) -> Point:
    """Return where deliveries begin.

    :raises YardUnknown: nobody has said so.
    """
    if prices.yard is None:
        raise YardUnknown(
            _("Nobody has said where the yard is. An administrator sets it under Delivery prices.")
        )
    return prices.yard


def why_nowhere(place: Place) -> PlaceUnknown | BeingLookedFor:
    """Return why nobody knows where a place is, and what to do."""
    if place.state == Place.State.TO_FIND and settings.GEOCODERS:
        if place.tries > 1:
            return PlaceUnknown(
                _("The map services do not answer. Put a pin on the map, or type the miles.")
            )
        if timezone.now() < place.ask_at + PATIENCE:
            return BeingLookedFor(_("The address is being looked for."))
        return PlaceUnknown(
            _("Nobody has found this address yet. Type how many miles it is, or put a pin.")
        )
    return PlaceUnknown(
        _("No map knows this address. Put a pin on the map, or type how many miles it is.")
    )


def postcode_of(address: str) -> str:
    """Return the ZIP code at the end of an address, if it has one."""
    found = POSTCODE.search(address)
    return found.group(1) if found else ""


@transaction.atomic
def _keep(place: Place, distance: Distance, ask: Ask, price: Price, *, by: User) -> Quote:
    quote = Quote.objects.create(
        place=place,
        metres=distance.metres,
        source=distance.source,
        truck=ask.truck,
        goods=[
            {"product": one.product, "name": one.name, "quantity": str(one.quantity)}
            for one in ask.goods
        ],
        lines=[
            {"label": one.label, "how": one.how, "amount": str(one.amount)} for one in price.lines
        ],
        total=price.total,
        currency=business_profile().currency,
        made_by=by,
    )
    record(by=by, what="delivery quoted", target=quote, new={"total": str(price.total)})
    return quote
