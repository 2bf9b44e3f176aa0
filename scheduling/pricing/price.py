"""The price of a delivery, explained line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from portal.core.templatetags.figures import quantity
from scheduling.errors import NoSuchTruck, TooFar
from scheduling.pricing.rates import NOTHING, Band, Rates, Zone

CENT = Decimal("0.01")
ONE = Decimal(1)


@dataclass(frozen=True)
class Goods:
    """So many units of a product, by its key."""

    product: int
    name: str
    quantity: Decimal


@dataclass(frozen=True)
class Ask:
    """What a price is asked for: how far one way, where to, with which truck, what is brought."""

    miles: Decimal
    postcode: str = ""
    truck: str = ""
    goods: Sequence[Goods] = ()


@dataclass(frozen=True)
class PriceLine:
    """One part of a price, and how it comes about."""

    label: str
    how: str
    amount: Decimal


@dataclass(frozen=True)
class Price:
    """A price: the sum of its lines, of which each is rounded to the cent."""

    lines: tuple[PriceLine, ...]

    @property
    def total(self) -> Decimal:
        """What the customer pays."""
        return sum((line.amount for line in self.lines), NOTHING)


def price_of(ask: Ask, rates: Rates) -> Price:
    """Return what a delivery costs.

    The way is a zone's price, else a band's, else so much a mile; the truck's class and fuel are
    reckoned on the way. Materials are added to that, and at last what the minimum lacks.

    :raises TooFar: nobody drives there.
    :raises NoSuchTruck: there is no such class of trucks.
    """
    if rates.most_miles is not None and ask.miles > rates.most_miles:
        raise TooFar(
            _("It is %(miles)s miles away; we deliver up to %(most)s.")
            % {"miles": quantity(ask.miles), "most": quantity(rates.most_miles)}
        )
    lines = list(_way(ask, rates))
    way = _sum(lines)
    lines += _truck(ask, rates, way)
    lines += _fuel(rates, _sum(lines))
    lines += _materials(ask, rates)
    lines += _minimum(rates, _sum(lines))
    return Price(tuple(lines))


def zone_of(postcode: str, rates: Rates) -> Zone | None:
    """Return the zone whose postcodes begin most like this one, if any does."""
    bare = "".join(postcode.split()).upper()
    found = [
        (len(begin), zone)
        for zone in rates.zones
        for begin in zone.postcodes
        if begin and bare.startswith(begin)
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def band_of(miles: Decimal, rates: Rates) -> Band | None:
    """Return the narrowest band that reaches so far, if any does."""
    reaching = [band for band in rates.bands if miles <= band.up_to]
    return min(reaching, key=lambda band: band.up_to) if reaching else None


def _way(ask: Ask, rates: Rates) -> Iterator[PriceLine]:
    if zone := zone_of(ask.postcode, rates):
        yield _line(_("Zone %s") % zone.name, ask.postcode, zone.fee)
        return
    if band := band_of(ask.miles, rates):
        label = _("Up to %s miles") % quantity(band.up_to)
        yield _line(label, _("%s miles") % quantity(ask.miles), band.fee)
        return
    if rates.base_fee:
        yield _line(_("Base fee"), "", rates.base_fee)
    charged = max(ask.miles - rates.free_miles, NOTHING) * (2 if rates.round_trip else 1)
    way = _("%s miles") % quantity(ask.miles)
    if rates.free_miles:
        way = _("%(way)s, %(free)s free") % {"way": way, "free": quantity(rates.free_miles)}
    if rates.round_trip:
        way = _("%s, there and back") % way
    how = _("%(way)s, at %(rate)s") % {"way": way, "rate": quantity(rates.per_mile)}
    yield _line(_("Way"), how, charged * rates.per_mile)


def _truck(ask: Ask, rates: Rates, way: Decimal) -> Iterator[PriceLine]:
    if not ask.truck:
        return
    factor = rates.trucks.get(ask.truck)
    if factor is None:
        raise NoSuchTruck(_("There is no class of trucks called %s. Choose another.") % ask.truck)
    if factor != ONE:
        how = _("%(factor)s times %(way)s") % {"factor": quantity(factor), "way": quantity(way)}
        yield _line(ask.truck, how, way * (factor - ONE))


def _fuel(rates: Rates, way: Decimal) -> Iterator[PriceLine]:
    if rates.fuel_percent:
        how = _("%(percent)s %% of %(way)s") % {
            "percent": quantity(rates.fuel_percent),
            "way": quantity(way),
        }
        yield _line(_("Fuel"), how, way * rates.fuel_percent / 100)


def _materials(ask: Ask, rates: Rates) -> Iterator[PriceLine]:
    for goods in ask.goods:
        if charge := rates.materials.get(goods.product):
            words = {"number": quantity(goods.quantity), "charge": quantity(charge)}
            how = _("%(number)s at %(charge)s") % words
            yield _line(goods.name, how, goods.quantity * charge)


def _minimum(rates: Rates, so_far: Decimal) -> Iterator[PriceLine]:
    if so_far < rates.minimum:
        how = _("at least %s") % quantity(rates.minimum)
        yield _line(_("Minimum"), how, rates.minimum - so_far)


def _line(label: str, how: str, amount: Decimal) -> PriceLine:
    return PriceLine(label, how, amount.quantize(CENT, ROUND_HALF_UP))


def _sum(lines: Sequence[PriceLine]) -> Decimal:
    return sum((line.amount for line in lines), NOTHING)
