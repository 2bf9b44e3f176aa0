"""Mirrors for the tests, as the bridge would have read them."""

import datetime as dt
import uuid
from decimal import Decimal

from django.utils import timezone
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from odoo_bridge import models


class OdooAccessFactory(DjangoModelFactory[models.OdooAccess]):
    """What provisioning leaves, with an instance of this test's own."""

    class Meta:
        model = models.OdooAccess

    pk = 1
    instance = LazyFunction(lambda: uuid.uuid4().hex[:10])
    bot_user_id = 2
    api_key = "key-of-the-bot"
    key_expires_at = LazyFunction(lambda: timezone.now() + dt.timedelta(days=90))
    cash_journal_id = 1
    has_fleet_batches = True
    provisioned_at = LazyFunction(timezone.now)


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


class PaymentTermFactory(DjangoModelFactory[models.PaymentTerm]):
    """A payment term; the lines say when: ``days=[0]`` is at once."""

    class Meta:
        model = models.PaymentTerm
        skip_postgeneration_save = True

    odoo_id = Sequence(lambda n: 1000 + n)
    name = "At once"

    @post_generation
    def days(self, create, extracted, **_):
        """Make a line for each number of days."""
        for days in extracted or [0]:
            PaymentTermLineFactory(term=self, days=days)


class PaymentTermLineFactory(DjangoModelFactory[models.PaymentTermLine]):
    """All of it, at once."""

    class Meta:
        model = models.PaymentTermLine

    odoo_id = Sequence(lambda n: 1000 + n)
    delay = "days_after"


class InvoiceFactory(DjangoModelFactory[models.Invoice]):
    """A posted invoice of 412 dollars, not paid."""

    class Meta:
        model = models.Invoice

    odoo_id = Sequence(lambda n: 1000 + n)
    kind = models.Invoice.OUT_INVOICE
    state = models.Invoice.POSTED
    total = Decimal(412)
    residual = Decimal(412)
