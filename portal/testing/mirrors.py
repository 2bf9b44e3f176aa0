"""Mirrors for the tests, as the bridge would have read them."""

import datetime as dt
from decimal import Decimal

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from odoo_bridge import models


class PartnerFactory(DjangoModelFactory[models.Partner]):
    """A customer with an address."""

    class Meta:
        model = models.Partner

    odoo_id = Sequence(lambda n: 1000 + n)
    name = Sequence(lambda n: f"Customer {n}")
    street = "118 Hickory Rd"
    city = "Ashland"
    postcode = "41101"


class ProductFactory(DjangoModelFactory[models.Product]):
    """Firewood, 1,500 kg and 3.6 m³ a cord."""

    class Meta:
        model = models.Product

    odoo_id = Sequence(lambda n: 1000 + n)
    name = "Oak, seasoned"
    unit = "cord"
    weight = Decimal(1500)
    volume = Decimal("3.6")


class CurrencyFactory(DjangoModelFactory[models.Currency]):
    """The dollar."""

    class Meta:
        model = models.Currency
        django_get_or_create = ("odoo_id",)

    odoo_id = 1
    name = "USD"
    symbol = "$"


class SaleOrderFactory(DjangoModelFactory[models.SaleOrder]):
    """A confirmed order of 412 dollars."""

    class Meta:
        model = models.SaleOrder

    odoo_id = Sequence(lambda n: 1000 + n)
    name = Sequence(lambda n: f"S{n:05}")
    state = models.SaleOrder.CONFIRMED
    customer = SubFactory(PartnerFactory)
    currency = SubFactory(CurrencyFactory)
    total = Decimal(412)
    ordered_at = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


class PickingFactory(DjangoModelFactory[models.Picking]):
    """A delivery of two cords that is ready to go."""

    class Meta:
        model = models.Picking
        skip_postgeneration_save = True

    odoo_id = Sequence(lambda n: 1000 + n)
    name = Sequence(lambda n: f"WH/OUT/{n:05}")
    state = "assigned"
    kind = models.Picking.OUTGOING
    order = SubFactory(SaleOrderFactory)
    destination = SubFactory(PartnerFactory)

    @post_generation
    def moves(self, create, extracted, **_):
        """Put two cords on it, and let the transfer list them."""
        move = MoveFactory(picking=self)
        self.move_ids = [move.odoo_id]
        self.save(update_fields=["move_ids"])


class MoveFactory(DjangoModelFactory[models.Move]):
    """Two units of a product."""

    class Meta:
        model = models.Move

    odoo_id = Sequence(lambda n: 1000 + n)
    product = SubFactory(ProductFactory)
    demand = Decimal(2)
