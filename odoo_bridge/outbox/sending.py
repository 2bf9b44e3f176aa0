"""Entries on their way: every call renews the leases first, and notes what is in flight."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from odoo_bridge.client import Cell, Kind, OdooClient, external_id, external_module, load
from odoo_bridge.models import OdooAccess, OutboxEntry
from odoo_bridge.outbox.rate import wait_for_turn

# A stream that somebody adds an entry to is locked as long as his transaction runs. It is ours all
# the same, and not waited for: only its lease stays as it was.
RENEW = """
with held as (
  select stream.id, stream.fence
    from odoo_bridge_stream as stream
    join unnest(%(streams)s::bigint[], %(fences)s::bigint[]) as mine (id, fence)
      on mine.id = stream.id and mine.fence = stream.fence
), free as (
  select id from odoo_bridge_stream
   where id in (select id from held) order by id for update skip locked
), renewed as (
  update odoo_bridge_stream as stream set leased_until = %(until)s
    from free, held
   where stream.id = free.id and held.id = free.id and stream.fence = held.fence
)
update odoo_bridge_outboxentry as entry
   set sent_at = %(now)s, in_flight = %(call)s, repeat = %(repeat)s
  from held
 where entry.id = any(%(entries)s) and entry.state = any(array(select 'SENDING'))
   and entry.stream_id = held.id and entry.fence = held.fence
"""


class LeaseLost(Exception):
    """Somebody else has the stream now: this worker must neither call nor settle."""


class Repeat(StrEnum):
    """What may happen when nobody knows whether a call has landed."""

    FREELY = "FREELY"  # it creates what is not there: a late one changes nothing
    AT_ONCE = "AT_ONCE"  # it sets a state: repeat it, but let later entries wait for the late one
    LATE = "LATE"  # two at once could both work: look again when the first can no longer land


@dataclass(frozen=True, kw_only=True)
class Leased:
    """Leased entries, the client to send them with, and the portal's identity in Odoo.

    ``began_at`` is a moment before the first call.
    """

    client: OdooClient
    access: OdooAccess
    began_at: dt.datetime = field(default_factory=timezone.now)

    @property
    def held(self) -> Sequence[OutboxEntry]:
        """The entries, whose leases every call renews."""
        raise NotImplementedError

    def read(self, model: str, method: str, /, **params: Any) -> Any:
        """Ask Odoo something.

        :raises OdooError: no usable answer.
        :raises LeaseLost: a lease ran out before.
        """
        renew(self.held, call="", repeat="")
        kind = Kind.READ_RECORDS if "ids" in params else Kind.READ
        return self.client.call(model, method, kind=kind, **params)

    def create(
        self,
        model: str,
        columns: Sequence[str],
        *rows: Sequence[Cell],
        context: Mapping[str, Any] | None = None,
    ) -> list[int]:
        """Create records that are not there yet, all or none; return their ids.

        Each row begins with the external id of its record, or with nothing: then it adds lines to
        the record above it.

        :raises OdooError: nothing was created, or nobody knows.
        :raises LeaseLost: a lease ran out before.
        """
        renew(self.held, call=f"{model}.load", repeat=Repeat.FREELY)
        module = external_module(self.access.instance)
        return load(self.client, model, ["id", *columns], rows, module=module, context=context)

    def external_id(self, kind: str, uuid: UUID) -> str:
        """Return the name by which Odoo knows a record of ours."""
        return external_id(self.access.instance, kind, uuid)


@dataclass(frozen=True, kw_only=True)
class Sending(Leased):
    """One entry on its way."""

    entry: OutboxEntry

    @property
    def held(self) -> Sequence[OutboxEntry]:
        """The entry."""
        return [self.entry]

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
        renew(self.held, call=f"{model}.{method}", repeat=repeat)
        kind = Kind.WRITE if ids is None else Kind.WRITE_RECORDS
        return self.client.call(model, method, kind=kind, ids=ids, **params)


@dataclass(frozen=True, kw_only=True)
class SendingTogether(Leased):
    """Entries that share a call: the heads of as many streams, of one command."""

    entries: Sequence[OutboxEntry]

    @property
    def held(self) -> Sequence[OutboxEntry]:
        """All of them."""
        return self.entries


def renew(entries: Sequence[OutboxEntry], *, call: str, repeat: str) -> None:
    """Hold the entries' streams for one more call, committed before the call begins.

    :raises LeaseLost: one of them is not ours any more; leases that are renewed together also end
        together.
    """
    wait_for_turn()
    now = timezone.now()
    values: dict[str, Any] = {
        "entries": [entry.pk for entry in entries],
        "streams": [entry.stream_id for entry in entries],
        "fences": [entry.fence for entry in entries],
        "until": lease_end(now),
        "now": now,
        "call": call,
        "repeat": repeat,
    }
    with connection.cursor() as cursor:
        cursor.execute(RENEW, values)
        if cursor.rowcount != len(entries):
            raise LeaseLost


def lease_end(now: dt.datetime) -> dt.datetime:
    """Return until when a stream is held that is taken or renewed now."""
    return now + dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
