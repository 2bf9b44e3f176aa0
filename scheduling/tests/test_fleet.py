"""Trucks follow Odoo's fleet; drivers follow the people of the portal."""

from decimal import Decimal

import pytest
from django.utils import timezone

from portal.accounts.models import Role, User
from portal.testing.yard import EmployeeFactory, VehicleFactory
from scheduling.models import DriverProfile, Truck
from scheduling.services.follow_fleet import follow_fleet
from scheduling.tasks import find_trucks

pytestmark = pytest.mark.django_db


def test_a_vehicle_that_carries_something_is_a_truck():
    vehicle = VehicleFactory(plate="YARD 01")

    find_trucks()

    truck = Truck.objects.get()
    assert (truck.vehicle, truck.most_weight, truck.most_volume) == (vehicle, 5000, 6)
    assert str(truck) == "YARD 01"


@pytest.mark.parametrize(
    "values",
    [
        {"category": None},
        {"category__most_weight": 0, "category__most_volume": 0},
        {"active": False},
        {"deleted_at": timezone.now()},
    ],
)
def test_any_other_vehicle_is_none(values):
    VehicleFactory(category__most_weight=0)  # this one carries 6 m³: loads are known
    follow_fleet()
    VehicleFactory(**values)

    assert follow_fleet() == 0


def test_every_vehicle_may_carry_as_long_as_no_category_says_how_much():
    VehicleFactory(category=None)
    VehicleFactory(category=None, active=False)

    assert follow_fleet() == 1
    assert Truck.objects.get().most_weight == 0


def test_a_vehicle_without_a_plate_goes_by_its_name():
    VehicleFactory(plate="", name="Ford/F-650")
    follow_fleet()

    assert str(Truck.objects.get()) == "Ford/F-650"


def test_a_truck_follows_its_vehicle_and_looking_again_changes_nothing():
    vehicle = VehicleFactory()
    assert follow_fleet() == 1
    assert follow_fleet() == 0
    vehicle.category.most_weight = Decimal(7000)
    vehicle.category.save()

    assert follow_fleet() == 1
    assert Truck.objects.get().most_weight == 7000

    VehicleFactory(category=vehicle.category, active=False)  # loads are known from it
    vehicle.category = None
    vehicle.save()
    assert follow_fleet() == 1
    assert not Truck.objects.get().is_active


def test_who_drives_has_a_profile_with_the_employee_as_soon_as_it_is_known(person):
    driver = person(Role.DRIVER, odoo_employee_id=4711)
    person(Role.OFFICE)
    assert follow_fleet() == 1
    assert DriverProfile.objects.get().employee is None
    employee = EmployeeFactory(odoo_id=4711)

    assert follow_fleet() == 1
    assert follow_fleet() == 0

    profile = DriverProfile.objects.get()
    assert (profile.user, profile.employee, profile.is_active) == (driver, employee, True)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.OFFICE}])
def test_who_does_not_drive_any_more_is_not_offered(person, change):
    person(Role.DRIVER)
    follow_fleet()
    User.objects.update(**change)

    assert follow_fleet() == 1
    assert not DriverProfile.objects.get().is_active
