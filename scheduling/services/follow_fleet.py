"""Keep trucks and drivers in step with Odoo's fleet and with the people of the portal."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from odoo_bridge.models import Employee, Vehicle
from portal.accounts.models import Role, User
from portal.core.changes import touch
from scheduling.models import DriverProfile, Truck

CARRIES = Q(category__most_weight__gt=0) | Q(category__most_volume__gt=0)


@transaction.atomic
def follow_fleet() -> int:
    """Make a truck of each vehicle that carries something, and a profile of each driver.

    A vehicle carries something when its category in Odoo says how much, or a person does here,
    whose figures go first; as long as no category says so, every vehicle may. Returns how many
    trucks and drivers were made or changed; run twice, the second changes nothing.
    """
    changed = _trucks() + _drivers()
    if changed:
        touch("board")
    return changed


def _trucks() -> int:
    known = {truck.vehicle_id: truck for truck in Truck.objects.select_for_update()}
    changed = 0
    loads_are_known = Vehicle.objects.filter(CARRIES).exists()
    for vehicle in Vehicle.objects.select_related("category"):
        truck = known.get(vehicle.pk)
        wanted = _as_truck(vehicle, truck, loads_are_known=loads_are_known)
        if truck is None and wanted["is_active"]:
            # Another worker may do the same: the vehicle is unique.
            Truck.objects.get_or_create(vehicle=vehicle, defaults=wanted)
            changed += 1
        elif truck is not None and any(getattr(truck, n) != v for n, v in wanted.items()):
            Truck.objects.filter(pk=truck.pk).update(**wanted)
            changed += 1
    return changed


def carried_by(vehicle: Vehicle, truck: Truck | None) -> tuple[Decimal, Decimal]:
    """Return the kg and the m³ that it carries: a person's figures, else Odoo's; 0 for unknown."""
    category = vehicle.category
    weight = category.most_weight if category else Decimal(0)
    volume = category.most_volume if category else Decimal(0)
    if truck is None:
        return weight, volume
    return truck.set_weight or weight, truck.set_volume or volume


def _as_truck(vehicle: Vehicle, truck: Truck | None, *, loads_are_known: bool) -> dict[str, object]:
    weight, volume = carried_by(vehicle, truck)
    carries = bool(weight or volume) or not loads_are_known
    usable = carries and vehicle.active and vehicle.deleted_at is None
    return {"most_weight": weight, "most_volume": volume, "is_active": usable}


def _drivers() -> int:
    known = {one.user_id: one for one in DriverProfile.objects.select_for_update()}
    people = list(User.objects.filter(Q(role=Role.DRIVER) | Q(pk__in=known)))
    numbers = {one.odoo_employee_id for one in people} - {None}
    employees = {one.odoo_id: one for one in Employee.objects.filter(odoo_id__in=numbers)}
    changed = 0
    for person in people:
        wanted = {
            "employee": employees.get(person.odoo_employee_id),
            "is_active": person.is_active and person.role == Role.DRIVER,
        }
        changed += _keep_driver(person, known.get(person.pk), wanted)
    return changed


def _keep_driver(person: User, known: DriverProfile | None, wanted: Mapping[str, object]) -> int:
    if known is None:
        DriverProfile.objects.get_or_create(user=person, defaults=wanted)
        return 1
    employee = wanted["employee"]
    same = known.employee_id == getattr(employee, "pk", None)
    if same and known.is_active == wanted["is_active"]:
        return 0
    DriverProfile.objects.filter(pk=known.pk).update(**wanted)
    return 1
