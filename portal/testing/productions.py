"""Productions for the tests, as the bridge would have read them."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from odoo_bridge import models
from portal.testing.mirrors import ProductFactory
from portal.testing.purchases import UnitFactory


def in_an_hour() -> dt.datetime:
    """Return a moment in an hour, to the minute."""
    return timezone.now().replace(second=0, microsecond=0) + dt.timedelta(hours=1)


class WorkCenterFactory(DjangoModelFactory[models.WorkCenter]):
    """A bench."""

    class Meta:
        model = models.WorkCenter

    odoo_id = Sequence(lambda n: 1000 + n)
    name = Sequence(lambda n: f"Bench {n}")


class ManufacturingOrderFactory(DjangoModelFactory[models.ManufacturingOrder]):
    """Ten bundles that nobody has begun with, from now on in an hour, for four hours."""

    class Meta:
        model = models.ManufacturingOrder
        skip_postgeneration_save = True

    odoo_id = Sequence(lambda n: 1000 + n)
    name = Sequence(lambda n: f"MO/{n:05}")
    state = "confirmed"
    parts_state = "assigned"
    product = SubFactory(ProductFactory, name="Bundle of kindling", unit="bundle")
    product_odoo_id = SelfAttribute("product.odoo_id")
    quantity = Decimal(10)
    unit = SubFactory(UnitFactory, name="bundle")
    unit_odoo_id = SelfAttribute("unit.odoo_id")
    starts_at = LazyFunction(in_an_hour)
    ends_at = LazyAttribute(lambda one: one.starts_at + dt.timedelta(hours=4))

    @post_generation
    def at(self, create, extracted, **_):
        """Make a work order at each of these work centres, and let the production list them."""
        steps = [
            WorkOrderFactory(production=self, work_center=center, position=place)
            for place, center in enumerate(extracted or [])
        ]
        self.work_order_ids = [step.odoo_id for step in steps]
        self.save(update_fields=["work_order_ids"])


class WorkOrderFactory(DjangoModelFactory[models.WorkOrder]):
    """A step of two hours."""

    class Meta:
        model = models.WorkOrder

    odoo_id = Sequence(lambda n: 1000 + n)
    name = Sequence(lambda n: f"Step {n}")
    state = "ready"
    expected_minutes = Decimal(120)
    starts_at = LazyAttribute(lambda one: one.production.starts_at)
    ends_at = LazyAttribute(lambda one: one.starts_at + dt.timedelta(hours=2))


class SaleOrderLineFactory(DjangoModelFactory[models.SaleOrderLine]):
    """Ten bundles that are sold."""

    class Meta:
        model = models.SaleOrderLine

    odoo_id = Sequence(lambda n: 1000 + n)
    quantity = Decimal(10)
