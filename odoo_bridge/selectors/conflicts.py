"""Conflicts side by side, in people's words: what was seen, ours, and Odoo's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from odoo_bridge.client import from_odoo_datetime
from odoo_bridge.models import Conflict, CountryState, LeadStage, OdooUser, OutboxEntry
from odoo_bridge.selectors.outbox import DeskEntry, shown

State = OutboxEntry.State
Names = Mapping[str, Mapping[int, str]]  # of records of Odoo, by the field that names them
TITLES = {
    "address": _("Address"),
    "coordinates": _("Coordinates"),
    "amounts": _("Quantity and price"),
}
FIELDS = {
    "name": _("Name"),
    "phone": _("Phone"),
    "email": _("Email"),
    "email_from": _("Email"),
    "contact_name": _("Contact"),
    "partner_name": _("Company"),
    "street": _("Street"),
    "street2": _("Street, second line"),
    "zip": _("Postcode"),
    "city": _("City"),
    "state_id": _("State"),
    "country_id": _("Country"),
    "partner_latitude": _("Latitude"),
    "partner_longitude": _("Longitude"),
    "client_order_ref": _("Customer's reference"),
    "partner_ref": _("Vendor's reference"),
    "date_planned": _("Planned for"),
    "product_qty": _("Quantity"),
    "price_unit": _("Price"),
    "discount": _("Discount"),
    "stage_id": _("Stage"),
    "user_id": _("Salesperson"),
}


@dataclass(frozen=True)
class ShownField:
    """One field as all three sides have it."""

    label: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class ShownConflict:
    """What a person decides at once: a field, or a group of them."""

    conflict: Conflict
    title: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True)
class Disputed:
    """An entry in conflict, and what is to be decided about it."""

    one: DeskEntry
    conflicts: tuple[ShownConflict, ...]


def disputed_entries() -> list[Disputed]:
    """Return the oldest entries in conflict, at most a hundred; eight queries at most."""
    still_open = Conflict.objects.filter(choice="").order_by("pk")
    entries = OutboxEntry.objects.filter(state=State.CONFLICT).prefetch_related(
        Prefetch("conflicts", still_open, to_attr="disputes")
    )
    found = shown(entries)
    disputes: dict[int, list[Conflict]] = {
        one.entry.pk: getattr(one.entry, "disputes", []) for one in found
    }
    names = names_of(conflict for some in disputes.values() for conflict in some)
    return [
        Disputed(
            one=one,
            conflicts=tuple(shown_conflict(conflict, names) for conflict in disputes[one.entry.pk]),
        )
        for one in found
    ]


def names_of(conflicts: Iterable[Conflict]) -> Names:
    """Return what the records are called that the conflicts speak of: a query for each kind."""
    sides = [side for one in conflicts for side in (one.base, one.mine, one.theirs)]

    def found(mirror: Any, field: str) -> QuerySet[Any]:
        ids = {side[field] for side in sides if side.get(field)}
        records: QuerySet[Any] = mirror.objects.filter(odoo_id__in=ids)
        return records

    users = found(OdooUser, "user_id").select_related("contact")
    return {
        "state_id": {one.odoo_id: one.name for one in found(CountryState, "state_id")},
        "stage_id": {one.odoo_id: one.name for one in found(LeadStage, "stage_id")},
        "user_id": {one.odoo_id: one.shown_name for one in users},
    }


def shown_conflict(conflict: Conflict, names: Names) -> ShownConflict:
    """Put a conflict into words; fields that are empty on all sides say nothing."""
    fields = tuple(
        ShownField(
            label=str(FIELDS.get(name, name)),
            base=in_words(name, conflict.base[name], names),
            mine=in_words(name, conflict.mine[name], names),
            theirs=in_words(name, conflict.theirs[name], names),
        )
        for name in sorted(conflict.theirs, key=place_of)
        if conflict.base[name] or conflict.mine[name] or conflict.theirs[name]
    )
    title = TITLES.get(conflict.key, FIELDS.get(conflict.key, conflict.key))
    return ShownConflict(conflict=conflict, title=str(title), fields=fields)


def place_of(name: str) -> int:
    """Return where a field stands: JSON in the database keeps no order."""
    return list(FIELDS).index(name) if name in FIELDS else len(FIELDS)


def in_words(name: str, value: Any, names: Names) -> str:
    """Return a value of Odoo as people read it; what is empty is a dash."""
    if not value:
        return "—"
    if name == "date_planned" and (moment := from_odoo_datetime(value)):
        return date_format(timezone.localtime(moment), "D j M H:i")
    if name.endswith("_id"):
        return names.get(name, {}).get(value, f"#{value}")
    return str(value)
