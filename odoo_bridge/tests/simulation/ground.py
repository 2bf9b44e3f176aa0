"""The ground of a history: the clock, chance and the broker injected, and empty tables."""

import datetime as dt
import logging
import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any
from unittest import mock

from django.db import connection
from django.test import override_settings
from django.utils import timezone

from odoo_bridge import tasks
from odoo_bridge.client import OdooClient, pages
from odoo_bridge.commands import COMMANDS
from odoo_bridge.models import OdooAccess, OutboxEntry
from odoo_bridge.outbox import send_due, sending
from odoo_bridge.outbox.handlers import HANDLERS
from odoo_bridge.outbox.sending import lease_end
from odoo_bridge.provision.proof import PROVEN
from odoo_bridge.services.note_hint import digest
from odoo_bridge.sync import poll, reconcile
from odoo_bridge.sync.specs import LEAD, PARTNER
from odoo_bridge.tests.simulation.rename import Rename, rename
from odoo_bridge.tests.simulation.stage import Holding, Stage, hurry
from odoo_bridge.tests.simulation.weather import NOON
from portal.core import clock, jobs

RENEW = sending.renew
MIRRORED = (PARTNER, LEAD)
SECRET = "known-to-odoo-and-to-us"
SETTINGS = {
    "OUTBOX_LEASE_SECONDS": 150,
    "OUTBOX_MAX_INFLIGHT_SECONDS": 180,
    "OUTBOX_PROBE_SECONDS": 5,
    "OUTBOX_CONCURRENCY": 4,
    "OUTBOX_CALLS_PER_SECOND": None,
    "ODOO_READ_TIMEOUT": 30,
}
TABLES = (
    *("outboxentry", "stream", "leadrecord", "partner", "dirtyrecord", "pollcursor", "breaker"),
    *("hinthearing", "refusedhints"),
)
EMPTY = "; ".join(
    [
        "delete from core_change",
        "delete from audit_auditrow",
        *(f"delete from odoo_bridge_{table}" for table in TABLES),
        *(
            f"select setval(pg_get_serial_sequence('odoo_bridge_{table}', 'id'), 1, false)"
            for table in TABLES[:5]
        ),
    ]
)


@dataclass
class Ground:
    """What is the same for all histories: the workers' threads, and the seams of the engine."""

    stage: Stage = field(default_factory=Stage)
    rng: Random = field(default_factory=Random)
    true_now: dt.datetime = NOON
    client: OdooClient | None = None
    bell: list[str] = field(default_factory=list)

    def now(self) -> dt.datetime:
        """Return the time by the clock of whoever asks."""
        worker = self.stage.current
        return self.true_now + dt.timedelta(seconds=worker.skew if worker else 0)

    def urandom(self, size: int) -> bytes:
        """Return what the operating system would: chance, from the seed."""
        return self.rng.randbytes(size)

    def send_task(self, name: str, **_how: object) -> None:
        """Ring the bell that a broker would carry to a worker; other apps' have none here."""
        if name.startswith("odoo_bridge."):
            self.bell.append(name)

    def renew(self, entries: Sequence[OutboxEntry], *, call: str, repeat: str) -> None:
        """Renew leases as the engine does it, and remember who holds what now."""
        RENEW(entries, call=call, repeat=repeat)
        worker = self.stage.current
        assert worker is not None
        worker.holds = Holding({one.pk: one.fence for one in entries}, lease_end(self.now()))

    def begin(self, rng: Random) -> None:
        """Forget the last history."""
        self.rng, self.true_now = rng, NOON
        self.bell.clear()
        random.seed(rng.random())
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)


@contextmanager
def ground() -> Iterator[Ground]:
    """Put the engine on simulated ground while the block runs."""
    here = Ground()
    patches: list[tuple[Any, str, Any]] = [
        (timezone, "now", here.now),
        (clock, "database_now", lambda: here.true_now),
        (uuid, "os", here),
        (jobs, "current_app", here),
        (sending, "renew", here.renew),
        (tasks, "client_of", lambda _access, **_: here.client),
        (send_due, "client_of", lambda _access: here.client),
        (tasks, "readable_specs", lambda: MIRRORED),
        (tasks, "read_levels", lambda _client: None),
        (poll, "pages", partial(pages, limit=3)),
        (reconcile, "BUCKET", 4),
    ]
    before = logging.root.manager.disable
    with ExitStack() as stack:
        for module, name, value in patches:
            stack.enter_context(mock.patch.object(module, name, value))
        stack.enter_context(override_settings(**SETTINGS))
        stack.enter_context(mock.patch.dict(COMMANDS, {"Rename": Rename}))
        stack.enter_context(mock.patch.dict(HANDLERS, {"Rename": rename}))
        hurry()
        access = _access()
        place = ("http://small.odoo", "small", access.instance, access.bot_user_id)
        PROVEN.add(place)
        logging.disable(logging.CRITICAL)
        try:
            yield here
        finally:
            logging.disable(before)
            PROVEN.discard(place)
            here.stage.close()
            access.delete()


def _access() -> OdooAccess:
    return OdooAccess.objects.create(
        pk=1,
        instance="small",
        bot_user_id=2,
        api_key="0" * 40,
        key_expires_at=NOON + dt.timedelta(days=90),
        cash_journal_id=1,
        has_fleet_batches=True,
        provisioned_at=NOON,
        hint_digest=digest(SECRET),
        hints_since=NOON,
    )
