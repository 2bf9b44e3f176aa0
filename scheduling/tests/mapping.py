"""What the tests of the day's map start from: a yard, two runs, and what is not on it."""

from decimal import Decimal

from django.utils import timezone

from portal.testing.mirrors import PickingFactory
from portal.testing.yard import DriverFactory, JobFactory, RunFactory, StopFactory, TruckFactory
from scheduling.models import DeliveryRates, Place
from scheduling.services.follow_places import place_at

YARD = ("38.478400", "-82.637900")  # Ashland, Kentucky
NORTH, EAST = Decimal("38.5301"), Decimal("-82.6102")


def known(address, latitude, longitude):
    """Return a place that has been found."""
    place = place_at(address)
    Place.objects.filter(pk=place.pk).update(
        state="FOUND",
        source="CENSUS",
        latitude=latitude,
        longitude=longitude,
        found_at=timezone.now(),
    )
    return place


def lost(address):
    """Return a place that no service has found."""
    place = place_at(address)
    Place.objects.filter(pk=place.pk).update(state="NOT_FOUND")
    return place


def job_at(place, customer, order, **more):
    """Return a job for a customer there."""
    picking = PickingFactory(
        order__customer__name=customer, order__name=order, destination__street=place.address
    )
    return JobFactory(picking=picking, place=place, **more)


def plan_day(day):
    """Give the yard's two trucks a day: three stops and two, of which one needs a pin."""
    DeliveryRates.objects.create(pk=1, latitude=YARD[0], longitude=YARD[1])
    plan = {
        ("YARD 01", "Dale Conley"): [
            job_at(known("118 Hickory Rd", NORTH, EAST), "Maria Alvarez", "S00410"),
            job_at(known("7 Bluff St", "38.4105", "-82.5989"), "A. Whitfield", "S00411"),
            job_at(place_at("118 Hickory Rd"), "Priya Raman", "S00412"),
        ],
        ("YARD 02", "Sam Ortiz"): [
            job_at(known("9 River Rd", "38.4790", "-82.7300"), "Lee Park", "S00420"),
            job_at(lost("Somewhere"), "Nobody Found", "S00421"),
        ],
    }
    for (plate, driver), jobs in plan.items():
        truck = TruckFactory(vehicle__plate=plate)
        run = RunFactory(truck=truck, driver=DriverFactory(user__name=driver), day=day)
        for position, job in enumerate(jobs):
            job.state = "SCHEDULED"
            job.save()
            StopFactory(run=run, job=job, position=position)
    job_at(known("5 Elm St", "38.4500", "-82.6900"), "Waiting Wanda", "S00430")
