"""Purchases for the tests, as the bridge would have read them."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from odoo_bridge import models
from portal.testing.mirrors import CurrencyFactory, PartnerFactory, ProductFactory


def next_week() -> dt.datetime:
    """Return a moment in a week."""
    return timezone.now() + dt.timedelta(days=7)


class CompanyFactory(DjangoModelFactory[models.Company]):
    """The business, which keeps its books in dollars."""

    class Meta:
        model = models.Company

    odoo_id = Sequence(lambda n: 1000 + n)
    name = "The yard"
    currency = SubFactory(CurrencyFactory)


class UnitFactory(DjangoModelFactory[models.Unit]):
    """A load of logs."""

    class Meta:
        model = models.Unit

    odoo_id = Sequence(lambda n: 1000 + n)
    name = "load"
    factor = Decimal(1)


class VendorFactory(PartnerFactory):
    """A company that sells."""

    name = Sequence(lambda _n: "Hill & Sons, logging")
    is_company = True


class BoughtFactory(ProductFactory):
    """Logs, counted in cords."""

    name = Sequence(lambda n: f"Logs {n}")  # type: ignore[assignment]
    kind = "consu"
    unit_odoo_id = 7
    template_odoo_id = Sequence(lambda n: 5000 + n)


class SupplierPriceFactory(DjangoModelFactory[models.SupplierPrice]):
    """12.50 for one, which comes after three days."""

    class Meta:
        model = models.SupplierPrice

    odoo_id = Sequence(lambda n: 1000 + n)
    vendor = SubFactory(VendorFactory)
    product = SubFactory(BoughtFactory)
    currency = SubFactory(CurrencyFactory)
    price = Decimal("12.5")
    lead_days = 3


class PurchaseOrderFactory(DjangoModelFactory[models.PurchaseOrder]):
    """A draft with one line that Odoo has."""

    class Meta:
        model = models.PurchaseOrder
        skip_postgeneration_save = True

    odoo_id = Sequence(lambda n: 1000 + n)
    name = Sequence(lambda n: f"P{n:05}")
    state = models.PurchaseOrder.DRAFT
    vendor = SubFactory(VendorFactory)
    vendor_odoo_id = SelfAttribute("vendor.odoo_id")
    currency = SubFactory(CurrencyFactory)
    planned_at = LazyFunction(next_week)

    @post_generation
    def lines(self, create, extracted, **_):
        """Make so many lines, one unless said, and let the order list them."""
        made = PurchaseOrderLineFactory.create_batch(
            1 if extracted is None else extracted, order=self
        )
        self.line_ids = [line.odoo_id for line in made]
        self.save(update_fields=["line_ids"])


class PurchaseOrderLineFactory(DjangoModelFactory[models.PurchaseOrderLine]):
    """Four at 12.50."""

    class Meta:
        model = models.PurchaseOrderLine

    odoo_id = Sequence(lambda n: 1000 + n)
    product = SubFactory(BoughtFactory)
    quantity = Decimal(4)
    unit_price = Decimal("12.5")
    planned_at = LazyFunction(next_week)


def ordered(**values):
    """Return an order that is confirmed, and of which all is to come."""
    coming = {"state": models.PurchaseOrder.CONFIRMED, "receipt_state": "pending"}
    return PurchaseOrderFactory(**{**coming, **values})
