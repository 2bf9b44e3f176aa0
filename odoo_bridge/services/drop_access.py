"""Forget the way into Odoo: the portal has no key any more, and sends nothing."""

from django.db import transaction

from odoo_bridge.models import OdooAccess
from portal.audit.services.record import record
from portal.core.changes import touch


@transaction.atomic
def drop_access() -> bool:
    """Delete the one row, with the key and the webhooks' secret; return whether it was there."""
    access = OdooAccess.objects.select_for_update().first()
    if access is None:
        return False
    shown = {"instance": access.instance, "bot_user_id": access.bot_user_id}
    record(by=None, what="Odoo disconnected", target=access, old=shown)
    access.delete()
    touch("odoo")
    return True
