"""Change what is said here of a truck: size, limits, how its bed is divided, and its services."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.services.record import record_changes
from portal.core.changes import touch
from scheduling.errors import TooManyCompartments
from scheduling.models import Compartment, Truck, TruckLimit, TruckService
from scheduling.services.follow_fleet import carried_by
from scheduling.services.keep_list import add_row, remove_row

MOST_COMPARTMENTS = 8
LISTS: dict[str, models.QuerySet[Any]] = {
    "limit": TruckLimit.objects.all(),
    "compartment": Compartment.objects.all(),
    "service": TruckService.objects.all(),
}


@transaction.atomic
def change_truck(*, truck_id: int, changes: Mapping[str, Any], by: User) -> Truck:
    """Keep what a person says of a truck; where they say nothing, Odoo's category holds."""
    truck = _lock(truck_id)
    if record_changes(by=by, what="truck changed", target=truck, changes=dict(changes)):
        truck.most_weight, truck.most_volume = carried_by(truck.vehicle, truck)
        truck.save()
        touch("board")
    return truck


@transaction.atomic
def add_to_truck(*, truck_id: int, kind: str, values: Mapping[str, Any], by: User) -> None:
    """Put something on one of the truck's ``LISTS``.

    :raises ListedAlready: it stands there.
    :raises TooManyCompartments: there are as many as can be tried out.
    """
    truck = _lock(truck_id)
    if kind == "compartment" and truck.compartments.count() >= MOST_COMPARTMENTS:
        words = _("A truck has at most %(most)s compartments. Remove one first.")
        raise TooManyCompartments(words % {"most": MOST_COMPARTMENTS})
    what = f"truck {kind} added"
    add_row(rows=LISTS[kind], values={**values, "truck": truck}, what=what, by=by)
    touch("board")


@transaction.atomic
def remove_from_truck(*, truck_id: int, kind: str, key: int, by: User) -> None:
    """Take something off one of the truck's ``LISTS``; what is gone is no error."""
    rows = LISTS[kind].filter(truck=truck_id)
    remove_row(rows=rows, key=key, what=f"truck {kind} removed", by=by)
    touch("board")


def _lock(truck_id: int) -> Truck:
    trucks = Truck.objects.select_for_update(of=("self",)).select_related("vehicle__category")
    return trucks.get(pk=truck_id)
