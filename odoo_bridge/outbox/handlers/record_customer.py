"""``RecordCustomer``: the partner in one call, which many of them can share."""

import uuid
from collections.abc import Collection, Sequence

from django.utils.html import escape, linebreaks

from odoo_bridge.client import Cell
from odoo_bridge.commands import RecordCustomer
from odoo_bridge.models import Partner
from odoo_bridge.outbox.handlers.creation import Creation, Ids, StoreMore
from odoo_bridge.outbox.sending import Leased
from odoo_bridge.outbox.steps import rows_of
from odoo_bridge.sync.specs import PARTNER
from odoo_bridge.sync.upsert import upsert

COLUMNS = (
    "name",
    "is_company",
    "phone",
    "email",
    "street",
    "street2",
    "city",
    "zip",
    "state_id/.id",
    "country_id/.id",
    "partner_latitude",
    "partner_longitude",
    "comment",
)


def cells_of(command: RecordCustomer) -> Sequence[Cell]:
    """Return the partner as a row; without a country Odoo takes that of its company."""
    return [
        command.full_name,
        command.is_company,
        command.phone,
        command.email,
        command.street,
        command.street2,
        command.city,
        command.postcode,
        command.state_odoo_id,
        command.country_odoo_id,
        command.latitude,
        command.longitude,
        linebreaks(escape(command.note)) if command.note else None,
    ]


def look(odoo: Leased, ids: Ids) -> StoreMore:
    """Read what Odoo has made: the next change is merged with that."""
    rows = rows_of(odoo, PARTNER, list(ids.values()))

    def store(settled: Collection[uuid.UUID]) -> None:
        ours = {odoo_id for key, odoo_id in ids.items() if key in settled}
        upsert(PARTNER, [row for row in rows if row["id"] in ours], read_at=odoo.began_at)

    return store


NEW_CUSTOMER = Creation[RecordCustomer](
    model=PARTNER.odoo_model,
    columns=COLUMNS,
    rows=lambda command, _named: [cells_of(command)],
    kind="partner",
    key=lambda command: command.partner_uuid,
    mirror=Partner,
    look=look,
)
