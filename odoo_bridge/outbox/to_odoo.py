"""Send leased entries to Odoo: many creates in one call, all else one by one."""

from collections.abc import Sequence
from typing import Any

import structlog
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import OdooClient, OdooError, OdooUnavailable, OutcomeUnknown
from odoo_bridge.commands import COMMANDS
from odoo_bridge.models import OdooAccess, OutboxEntry
from odoo_bridge.outbox.handlers import CREATIONS, HANDLERS
from odoo_bridge.outbox.handlers.creation import (
    acknowledge_created,
    create_together,
    not_sent,
)
from odoo_bridge.outbox.outcome import NO_BUG, Acknowledgement, ChangedInOdoo, Outcome, a_bug
from odoo_bridge.outbox.sending import LeaseLost, Sending, SendingTogether

log = structlog.get_logger(__name__)


def send(
    entries: Sequence[OutboxEntry], *, client: OdooClient, access: OdooAccess
) -> tuple[Outcome, bool]:
    """Send entries that were taken together; return what became of them, and if Odoo answers."""
    if len(entries) == 1:
        return send_each(entries, client, access)
    try:
        return send_together(SendingTogether(entries=entries, client=client, access=access))
    except LeaseLost:
        log.warning("outbox_lease_lost", entries=len(entries))
        return Outcome(), True
    except NO_BUG:
        raise
    except Exception:
        # A bug that one of them sets off must hold up its stream alone: each for itself, then.
        log.exception("outbox_batch_broke")
        return send_each(entries, client, access)


def send_together(odoo: SendingTogether) -> tuple[Outcome, bool]:
    """Send the heads of many streams, all of one command, in one call if Odoo takes them all."""
    creation = CREATIONS[odoo.entries[0].command]
    commands = {entry.pk: command_of(entry) for entry in odoo.entries}
    made = create_together(creation, commands, odoo)
    for error in made.errors.values():
        log.warning("outbox_entry_failed", error=str(error))
    note(made.lost)
    outcome = Outcome(
        done=[entry for entry in odoo.entries if entry.pk in made.ids],
        acknowledge=acknowledge_created(creation, commands, made),
        failed=[(one, made.errors[one.pk]) for one in odoo.entries if one.pk in made.errors],
    )
    return outcome, not is_no_answer(made.lost)


def send_each(
    entries: Sequence[OutboxEntry], client: OdooClient, access: OdooAccess
) -> tuple[Outcome, bool]:
    """Send one after the other. When Odoo does not answer, the rest is not tried."""
    stored: dict[int, Acknowledgement] = {}
    failed: list[tuple[OutboxEntry, OdooError]] = []
    in_conflict: list[tuple[OutboxEntry, ChangedInOdoo]] = []
    for number, entry in enumerate(entries, start=1):
        result = send_alone(entry, client, access)
        if isinstance(result, OdooError):
            failed.append((entry, result))
            if is_no_answer(result):
                failed += [(one, not_sent(result)) for one in entries[number:]]
                break
        elif isinstance(result, ChangedInOdoo):
            in_conflict.append((entry, result))
        elif result:
            stored[entry.pk] = result

    def acknowledgement(settled: Sequence[OutboxEntry]) -> None:
        for entry in settled:
            stored[entry.pk]()

    done = [entry for entry in entries if entry.pk in stored]
    answers = not any(is_no_answer(error) for _entry, error in failed)
    outcome = Outcome(
        done=done, acknowledge=acknowledgement, failed=failed, in_conflict=in_conflict
    )
    return outcome, answers


def send_alone(
    entry: OutboxEntry, client: OdooClient, access: OdooAccess
) -> Acknowledgement | OdooError | ChangedInOdoo | None:
    """Send one entry; return what to store, or why not; ``None`` when it is not ours any more."""
    with structlog.contextvars.bound_contextvars(outbox=str(entry.uuid), command=entry.command):
        try:
            odoo = Sending(entry=entry, client=client, access=access)
            acknowledgement = HANDLERS[entry.command](command_of(entry), odoo)
        except LeaseLost:
            log.warning("outbox_lease_lost")
            return None
        except ChangedInOdoo as found:
            log.info("outbox_conflict", about=str(found))
            note(None)
            return found
        except OdooError as error:
            log.warning("outbox_entry_failed", error=str(error))
            note(error)
            return error
        except NO_BUG:
            raise
        except Exception as bug:
            # A bug of ours must hold up this stream alone, and be seen. It says nothing of Odoo.
            log.exception("outbox_handler_broke")
            return a_bug(bug)
        note(None)
        return acknowledgement


def command_of(entry: OutboxEntry) -> Any:
    """Return the command that the entry holds."""
    return COMMANDS[entry.command].from_payload(entry.payload)


def note(error: OdooError | None) -> None:
    """Tell the breaker how a call went."""
    if error is None:
        breaker.note_answer(timezone.now())
    else:
        breaker.note_failure(error, timezone.now())


def is_no_answer(error: OdooError | None) -> bool:
    """Say whether the error means that Odoo does not answer."""
    return isinstance(error, OdooUnavailable | OutcomeUnknown)
