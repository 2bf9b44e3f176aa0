"""An entry on its way: every call renews the lease first, and notes what is in flight."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from odoo_bridge.client import Cell, Kind, OdooClient, external_id, external_module, load
from odoo_bridge.models import OdooAccess, OutboxEntry, Stream


class LeaseLost(Exception):
    """Somebody else has the stream now: this worker must neither call nor settle."""


class Repeat(StrEnum):
    """What may happen when nobody knows whether a call has landed."""

    FREELY = "FREELY"  # it creates what is not there: a late one changes nothing
    AT_ONCE = "AT_ONCE"  # it sets a state: repeat it, but let later entries wait for the late one
    LATE = "LATE"  # two at once could both work: look again when the first can no longer land


@dataclass(frozen=True)
class Sending:
    """A leased entry, the client to send it with, and the portal's identity in Odoo.

    ``began_at`` is a moment before its first call.
    """

    entry: OutboxEntry
    client: OdooClient
    access: OdooAccess
    began_at: dt.datetime = field(default_factory=timezone.now)

    def read(self, model: str, method: str, /, **params: Any) -> Any:
        """Ask Odoo something.

        :raises OdooError: no usable answer.
        :raises LeaseLost: the lease ran out before.
        """
        self._renew(call="", repeat="")
        kind = Kind.READ_RECORDS if "ids" in params else Kind.READ
        return self.client.call(model, method, kind=kind, **params)

    def create(self, model: str, columns: Sequence[str], *rows: Sequence[Cell]) -> list[int]:
        """Create records that are not there yet; each row begins with its external id.

        :raises OdooError: nothing was created, or nobody knows.
        :raises LeaseLost: the lease ran out before.
        """
        self._renew(call=f"{model}.load", repeat=Repeat.FREELY)
        module = external_module(self.access.instance)
        return load(self.client, model, ["id", *columns], rows, module=module)

    def write(
        self,
        model: str,
        method: str,
        /,
        *,
        repeat: Repeat,
        ids: Sequence[int] | None = None,
        **params: Any,
    ) -> Any:
        """Change something by a method of the model, or of the records ``ids``.

        ``repeat`` says what may happen when the answer is lost.

        :raises OdooError: it was not changed, or nobody knows.
        :raises LeaseLost: the lease ran out before.
        """
        self._renew(call=f"{model}.{method}", repeat=repeat)
        kind = Kind.WRITE if ids is None else Kind.WRITE_RECORDS
        return self.client.call(model, method, kind=kind, ids=ids, **params)

    def external_id(self, kind: str, uuid: Any) -> str:
        """Return the name by which Odoo knows a record of ours."""
        return external_id(self.access.instance, kind, uuid)

    @transaction.atomic
    def _renew(self, *, call: str, repeat: str) -> None:
        """Hold the stream for one more call, committed before the call begins."""
        now = timezone.now()
        held = Stream.objects.filter(pk=self.entry.stream_id, fence=self.entry.fence).update(
            leased_until=now + dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
        )
        if not held:
            raise LeaseLost
        OutboxEntry.objects.filter(pk=self.entry.pk, fence=self.entry.fence).update(
            sent_at=now, in_flight=call, repeat=repeat
        )
