"""Keep the way into Odoo."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from odoo_bridge.client import Protocol
from odoo_bridge.models import OdooAccess
from odoo_bridge.models.access import FLEET_BATCHES
from portal.audit.services.record import record, record_changes


@dataclass(frozen=True, kw_only=True)
class OdooFacts:
    """What the portal knows of its Odoo beside the key.

    ``modules`` are those that Odoo has of the ones that we can do without.
    """

    instance: str
    bot_user_id: int
    cash_journal_id: int
    modules: Collection[str]
    protocol: Protocol

    def shown(self) -> dict[str, Any]:
        """Return the columns."""
        return {
            "instance": self.instance,
            "bot_user_id": self.bot_user_id,
            "cash_journal_id": self.cash_journal_id,
            "has_fleet_batches": FLEET_BATCHES in self.modules,
            "modules": sorted({*self.modules} - {FLEET_BATCHES}),
            "protocol": str(self.protocol),
        }

    def are_kept_in(self, access: OdooAccess) -> bool:
        """Say whether the row knows all of it."""
        return all(getattr(access, name) == value for name, value in self.shown().items())


@transaction.atomic
def keep_access(facts: OdooFacts, *, api_key: str, key_expires_at: dt.datetime) -> OdooAccess:
    """Make or change the one row; what is the same already is left alone, its times included."""
    shown = {**facts.shown(), "key_expires_at": key_expires_at}
    access = OdooAccess.objects.select_for_update().first()
    if access is None:
        access = OdooAccess(pk=1, **shown)
        record(by=None, what="Odoo connected", target=access, new=shown)
    else:
        record_changes(by=None, what="Odoo access changed", target=access, changes=shown)
    access.api_key, access.provisioned_at = api_key, timezone.now()
    access.save()
    return access
