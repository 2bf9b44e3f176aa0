"""Keep the way into Odoo."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from odoo_bridge.models import OdooAccess
from odoo_bridge.models.access import FLEET_BATCHES
from portal.audit.services.record import record, record_changes


@transaction.atomic
def keep_access(
    *,
    instance: str,
    bot_user_id: int,
    api_key: str,
    key_expires_at: dt.datetime,
    cash_journal_id: int,
    modules: Collection[str],
) -> OdooAccess:
    """Make or change the one row; what is the same already is left alone, its times included.

    ``modules`` are those that Odoo has of the ones that we can do without.
    """
    shown = {
        "instance": instance,
        "bot_user_id": bot_user_id,
        "key_expires_at": key_expires_at,
        "cash_journal_id": cash_journal_id,
        "has_fleet_batches": FLEET_BATCHES in modules,
        "modules": sorted({*modules} - {FLEET_BATCHES}),
    }
    access = OdooAccess.objects.select_for_update().first()
    if access is None:
        access = OdooAccess(pk=1, **shown)
        record(by=None, what="Odoo connected", target=access, new=shown)
    else:
        changed = record_changes(by=None, what="Odoo access changed", target=access, changes=shown)
        if not changed and access.api_key == api_key:
            return access
    access.api_key, access.provisioned_at = api_key, timezone.now()
    access.save()
    return access
