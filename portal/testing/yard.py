"""Trucks, drivers and jobs for the tests."""

import datetime as dt
from decimal import Decimal

from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from odoo_bridge import models as mirrors
from portal.accounts.models import Role
from portal.setup.selectors.profile import business_zone
from portal.testing.days import business_today
from portal.testing.factories import UserFactory
from portal.testing.mirrors import PartnerFactory, PickingFactory
from scheduling import models


class VehicleCategoryFactory(DjangoModelFactory[mirrors.VehicleCategory]):
    """Trucks that carry 5 t and 6 m³."""

    class Meta:
        model = mirrors.VehicleCategory

    odoo_id = Sequence(lambda n: 1000 + n)
    name = "Dump truck"
    most_weight = Decimal(5000)
    most_volume = Decimal(6)


class VehicleFactory(DjangoModelFactory[mirrors.Vehicle]):
    """A vehicle that carries something."""

    class Meta:
        model = mirrors.Vehicle

    odoo_id = Sequence(lambda n: 1000 + n)
    name = Sequence(lambda n: f"Ford/F-650/T{n}")
    plate = Sequence(lambda n: f"T{n}")
    category = SubFactory(VehicleCategoryFactory)


class EmployeeFactory(DjangoModelFactory[mirrors.Employee]):
    """An employee with a contact."""

    class Meta:
        model = mirrors.Employee

    odoo_id = Sequence(lambda n: 1000 + n)
    name = Sequence(lambda n: f"Employee {n}")
    contact = SubFactory(PartnerFactory)
    contact_odoo_id = SelfAttribute("contact.odoo_id")


class TruckFactory(DjangoModelFactory[models.Truck]):
    """A truck of 5 t and 6 m³."""

    class Meta:
        model = models.Truck

    vehicle = SubFactory(VehicleFactory)
    most_weight = Decimal(5000)
    most_volume = Decimal(6)


class MaterialFactory(DjangoModelFactory[models.Material]):
    """Gravel, 1,600 kg/m³, without a heap."""

    class Meta:
        model = models.Material

    name = Sequence(lambda n: f"Gravel {n}")
    density = Decimal(1600)


class DriverFactory(DjangoModelFactory[models.DriverProfile]):
    """A driver who can sign in and is an employee in Odoo."""

    class Meta:
        model = models.DriverProfile

    employee = SubFactory(EmployeeFactory)
    user = SubFactory(
        UserFactory, role=Role.DRIVER, odoo_employee_id=SelfAttribute("..employee.odoo_id")
    )


class JobFactory(DjangoModelFactory[models.Job]):
    """A delivery of two cords that nobody has been given yet."""

    class Meta:
        model = models.Job

    picking = SubFactory(PickingFactory)
    order = SelfAttribute("picking.order")


class PickupFactory(DjangoModelFactory[models.Job]):
    """Two cords that a customer returns, and nobody fetches yet."""

    class Meta:
        model = models.Job

    kind = models.Job.Kind.PICKUP
    picking = SubFactory(
        PickingFactory,
        kind=mirrors.Picking.INCOMING,
        order=None,
        name=Sequence(lambda n: f"WH/IN/{n:05}"),
    )


class RunFactory(DjangoModelFactory[models.Run]):
    """A truck's run of today, from seven to five, with a driver."""

    class Meta:
        model = models.Run

    truck = SubFactory(TruckFactory)
    driver = SubFactory(DriverFactory)
    day = LazyFunction(business_today)
    starts_at = LazyAttribute(lambda run: _at(run.day, 7))
    ends_at = LazyAttribute(lambda run: _at(run.day, 17))


class StopFactory(DjangoModelFactory[models.Stop]):
    """A job that is the only stop of a run."""

    class Meta:
        model = models.Stop

    run = SubFactory(RunFactory)
    job = SubFactory(JobFactory, state=models.Job.State.SCHEDULED)
    position = 0


def _at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), business_zone())
