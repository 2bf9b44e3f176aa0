"""Trucks, as an administrator keeps them."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from odoo_bridge.models import VehicleCategory
from scheduling.models import Compartment, Truck, TruckLimit, TruckService


@dataclass(frozen=True)
class TruckView:
    """A truck, what Odoo says that it carries, and the lists beside it."""

    truck: Truck
    category: VehicleCategory | None
    limits: list[TruckLimit]
    compartments: list[Compartment]
    services: list[TruckService]


def trucks_in_setup() -> QuerySet[Truck]:
    """Return all trucks, those in use first, with how many limits and compartments; one query."""
    return (
        Truck.objects.select_related("vehicle__category")
        .annotate(
            limits_set=Count("limits", distinct=True),
            parts=Count("compartments", distinct=True),
        )
        .order_by("-is_active", "vehicle__plate", "vehicle__name", "pk")
    )


def one_truck(truck_id: int) -> TruckView:
    """Return a truck with all that its page says; four queries.

    :raises Truck.DoesNotExist: there is none.
    """
    truck = Truck.objects.select_related("vehicle__category").get(pk=truck_id)
    limits = truck.limits.select_related("material", "truck__vehicle").order_by("material__name")
    return TruckView(
        truck=truck,
        category=truck.vehicle.category,
        limits=list(limits),
        compartments=list(truck.compartments.order_by("name")),
        services=list(truck.services.order_by("-first_day", "pk")),
    )
