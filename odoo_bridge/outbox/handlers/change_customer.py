"""``ChangeCustomer``: the contact data of a partner, merged with what was changed in Odoo."""

from odoo_bridge.commands import ChangeCustomer
from odoo_bridge.outbox.changes import Changing
from odoo_bridge.sync.specs import PARTNER

CUSTOMER = Changing[ChangeCustomer](
    spec=PARTNER,
    odoo_id=lambda command: command.partner_odoo_id,
    words={
        "full_name": "name",
        "phone": "phone",
        "email": "email",
        "street": "street",
        "street2": "street2",
        "city": "city",
        "postcode": "zip",
        "state_odoo_id": "state_id",
        "country_odoo_id": "country_id",
        "latitude": "partner_latitude",
        "longitude": "partner_longitude",
        "note": "comment",
    },
    called="The customer",
)
