"""What a process of the kill tests does: promise commands, and send them until they are done.

Imported by Python's fork server, so that each process costs a fork and no start of Django.
"""

import os
import sys
import time
from dataclasses import dataclass
from unittest import mock

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up before
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from odoo_bridge.client import OdooClient  # noqa: E402
from odoo_bridge.commands import (  # noqa: E402
    CollectPayment,
    Command,
    PlacePurchase,
    RecordLead,
)
from odoo_bridge.models import (  # noqa: E402
    LeadRecord,
    OdooAccess,
    OutboxEntry,
    Payment,
    Stream,
)
from odoo_bridge.outbox import enqueue  # noqa: E402
from odoo_bridge.outbox.drain import drain  # noqa: E402
from odoo_bridge.tests.outbox.purchases import promise_mirrors  # noqa: E402
from portal.core import jobs  # noqa: E402

LONGEST = 120  # seconds, for a process that nobody kills, and for each of its calls
NOT_DONE = 3
QUICK = {
    "OUTBOX_LEASE_SECONDS": 5,
    "OUTBOX_MAX_INFLIGHT_SECONDS": 5,
    "OUTBOX_PROBE_SECONDS": 0,
}


@dataclass(frozen=True)
class Work:
    """The database to work on, the way to Odoo, and the commands to promise first, if any."""

    database: str
    odoo_url: str
    odoo_database: str
    api_key: str
    commands: tuple[Command, ...] = ()


def work(job: Work) -> None:
    """Send until all is done; end with ``NOT_DONE`` where that takes too long."""
    connection.settings_dict["NAME"] = job.database
    for name, value in QUICK.items():
        setattr(settings, name, value)
    if job.commands:
        promise(job.commands)
    else:
        Stream.objects.update(leased_until=timezone.now())  # the dead process's lease is over
    client = OdooClient(
        base_url=job.odoo_url,
        database=job.odoo_database,
        api_key=job.api_key,
        read_timeout=LONGEST,  # a call that was repeated would be counted twice
        write_timeout=LONGEST,
    )
    access = OdooAccess.objects.get()
    deadline = time.monotonic() + LONGEST
    while OutboxEntry.objects.exclude(state=OutboxEntry.State.DONE).exists():
        if time.monotonic() > deadline:
            entries = OutboxEntry.objects.values_list("state", "failed_step", "last_error")
            print(os.getpid(), list(entries), file=sys.stderr)  # noqa: T201 - for the test's reader
            sys.exit(NOT_DONE)
        drain(client, access)
        time.sleep(0.02)
    connection.close()


@transaction.atomic
def promise(commands: tuple[Command, ...]) -> None:
    """Make the mirrors that the commands will acknowledge, and the promises."""
    for command in commands:
        if isinstance(command, RecordLead):
            LeadRecord.objects.create(uuid=command.lead_uuid)
        if isinstance(command, CollectPayment):
            Payment.objects.create(uuid=command.payment_uuid, amount=command.amount)
        if isinstance(command, PlacePurchase):
            promise_mirrors(command)
        with mock.patch.object(jobs, "wake"):  # this process is the worker
            enqueue(command, by=None)
