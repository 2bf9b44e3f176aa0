"""Send what is due: lease, call with no transaction open, settle."""

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import OdooBroken, OdooClient, OdooError, OdooUnavailable, OutcomeUnknown
from odoo_bridge.commands import COMMANDS
from odoo_bridge.models import OdooAccess, OutboxEntry
from odoo_bridge.outbox.handlers import HANDLERS
from odoo_bridge.outbox.lease import anything_due, lease_next, reclaim_expired
from odoo_bridge.outbox.sending import LeaseLost, Sending
from odoo_bridge.outbox.settle import settle_done, settle_failed

log = structlog.get_logger(__name__)
BATCH = 200
PATIENCE = 100  # seconds: no new entry after this; the task's soft limit is well above


def drain(client: OdooClient, access: OdooAccess) -> int:
    """Send until nothing is due, Odoo does not answer, or the batch is full; return how many."""
    started = timezone.now()
    reclaim_expired(started)
    for number in range(BATCH):
        now = timezone.now()
        if (now - started).total_seconds() > PATIENCE or not anything_due(now):
            return number
        if not breaker.may_call(now):  # asked last: it may hand out the one probe
            return number
        entry = lease_next(now)
        if entry is None:
            return number
        if not send(entry, client, access):
            return number
    return BATCH


def send(entry: OutboxEntry, client: OdooClient, access: OdooAccess) -> bool:
    """Send one leased entry and settle it; return whether Odoo answers."""
    with structlog.contextvars.bound_contextvars(outbox=str(entry.uuid), command=entry.command):
        try:
            command = COMMANDS[entry.command].from_payload(entry.payload)
            acknowledgement = HANDLERS[entry.command](
                command, Sending(entry=entry, client=client, access=access)
            )
        except LeaseLost:
            log.warning("outbox_lease_lost")
            return True
        except OdooError as error:
            return failed(entry, error)
        except SoftTimeLimitExceeded:
            raise  # the lease expires, and somebody looks
        except Exception as bug:
            # A bug of ours must hold up this stream alone, and be seen. It says nothing of Odoo.
            log.exception("outbox_handler_broke")
            broken = OdooBroken(f"A bug of the portal: {type(bug).__name__}.")
            settle_failed(entry, broken, timezone.now())
            return True
        breaker.note_answer(timezone.now())
        settle_done(entry, acknowledgement, timezone.now())
        return True


def failed(entry: OutboxEntry, error: OdooError) -> bool:
    """Settle an entry that was not done; return whether Odoo answers."""
    log.warning("outbox_entry_failed", error=str(error))
    breaker.note_failure(error, timezone.now())
    settle_failed(entry, error, timezone.now())
    return not isinstance(error, OdooUnavailable | OutcomeUnknown)
