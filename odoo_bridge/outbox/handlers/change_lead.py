"""``ChangeLead``: what is known of a lead, merged with what was changed in Odoo."""

from odoo_bridge.commands import ChangeLead
from odoo_bridge.outbox.changes import Changing
from odoo_bridge.outbox.leads import CALLED, lead_id
from odoo_bridge.sync.specs import LEAD

LEAD_DATA = Changing[ChangeLead](
    spec=LEAD,
    odoo_id=lead_id,
    words={
        "title": "name",
        "contact_name": "contact_name",
        "company": "partner_name",
        "phone": "phone",
        "email": "email_from",
        "street": "street",
        "street2": "street2",
        "city": "city",
        "postcode": "zip",
        "state_odoo_id": "state_id",
        "country_odoo_id": "country_id",
        "owner_odoo_id": "user_id",
        "stage_odoo_id": "stage_id",
    },
    called=CALLED,
)
