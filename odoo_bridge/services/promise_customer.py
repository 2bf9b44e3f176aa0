"""A customer whom Odoo shall have."""

from django.db import transaction

from odoo_bridge.commands import RecordCustomer
from odoo_bridge.models import CountryState, Partner
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User


@transaction.atomic
def promise_customer(command: RecordCustomer, *, by: User | None) -> Partner:
    """Make the customer's mirror, not acknowledged yet, and the promise, together or not at all.

    Odoo lets the same person in twice: ask ``customers_with`` first.
    """
    partner = Partner.objects.create(
        uuid=command.partner_uuid,
        name=command.full_name,
        is_company=command.is_company,
        phone=command.phone,
        email=command.email,
        street=command.street,
        street2=command.street2,
        city=command.city,
        postcode=command.postcode,
        state=CountryState.objects.filter(odoo_id=command.state_odoo_id).first(),
        state_odoo_id=command.state_odoo_id,
    )
    enqueue(command, by=by)
    return partner
