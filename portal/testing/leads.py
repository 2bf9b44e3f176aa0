"""Leads for the tests, as the bridge would have read them, with their stages and owners."""

from django.utils import timezone
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from odoo_bridge import models
from portal.testing.mirrors import PartnerFactory


class StageFactory(DjangoModelFactory[models.LeadStage]):
    """A stage in which a lead is open."""

    class Meta:
        model = models.LeadStage

    odoo_id = Sequence(lambda n: 1000 + n)
    name = Sequence(lambda n: f"Stage {n}")
    position = Sequence(lambda n: n)


class OdooUserFactory(DjangoModelFactory[models.OdooUser]):
    """Somebody of the office, as a user of Odoo."""

    class Meta:
        model = models.OdooUser

    odoo_id = Sequence(lambda n: 1000 + n)
    login = Sequence(lambda n: f"seller{n}")
    contact = SubFactory(PartnerFactory, name=Sequence(lambda n: f"Seller {n}"), street="")


class LeadFactory(DjangoModelFactory[models.LeadRecord]):
    """An open lead that somebody made in Odoo."""

    class Meta:
        model = models.LeadRecord

    odoo_id = Sequence(lambda n: 1000 + n)
    name = Sequence(lambda n: f"Firewood {n}")
    kind = "lead"
    stage = SubFactory(StageFactory)
    created_at = LazyFunction(timezone.now)
    remote = LazyFunction(dict)
