"""What became in Odoo of the money that drivers took."""

from uuid import UUID

from odoo_bridge.commands import CollectPayment
from odoo_bridge.models import Currency, OutboxEntry


def refused_payments() -> dict[UUID, int]:
    """Return the payments that Odoo refused, each with its entry on the sync desk; one query."""
    parked = OutboxEntry.objects.filter(
        command=CollectPayment.name(), state=OutboxEntry.State.PARKED
    )
    return {
        UUID(payment): entry for payment, entry in parked.values_list("payload__payment_uuid", "pk")
    }


def currencies() -> dict[int, Currency]:
    """Return all currencies by their numbers in Odoo; one query."""
    return {one.known_odoo_id: one for one in Currency.objects.exclude(odoo_id=None)}
