"""The name of this portal in Odoo, kept on both sides, so that a restored copy is recognised."""

import secrets
import string
from typing import Any

from odoo_bridge.client import Kind, OdooBroken, OdooClient, external_module
from odoo_bridge.provision.bot import the_bot
from odoo_bridge.provision.found import Change, Found
from odoo_bridge.provision.own import own_records
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.rows import id_of

PARAMETER = "yardmaster.instance"
BOT = "bot"
LETTERS = string.ascii_lowercase + string.digits


def instance_in(client: OdooClient) -> str:
    """Return the instance of the portal that this Odoo belongs to; empty when it is nobody's."""
    return str(client.call("ir.config_parameter", "get_param", kind=Kind.READ, key=PARAMETER) or "")


def agreed_instance(*, theirs: str, ours: str, key_fits: bool, take_over: bool) -> str:
    """Return the instance that both sides have, or will have after ``mark_of_us``.

    ``ours`` is empty before the first provisioning. ``key_fits`` says that Odoo knows the key that
    we keep, so that it can only be the Odoo that we were connected with.

    :raises NotProvisioned: one of the two is a copy, or belongs to another.
    """
    if ours == theirs:
        return ours or "".join(secrets.choice(LETTERS) for _ in range(8))
    if not theirs and key_fits:
        return ours  # the last run stopped before it marked Odoo
    if not theirs:
        raise NotProvisioned(
            f"This portal (instance {ours}) was connected with another Odoo, or with this one "
            f"before it was restored from an older backup: correct ODOO_URL and ODOO_DB, or give "
            f"this Odoo a portal with an empty database."
        )
    if not ours and take_over:
        return theirs
    if not ours:
        raise NotProvisioned(
            f"This Odoo belongs to another portal (instance {theirs}): correct ODOO_URL and "
            f"ODOO_DB, or, if that portal is gone for good, run odoo_provision --take-over."
        )
    raise NotProvisioned(another(ours=ours, theirs=theirs))


def another(*, ours: str, theirs: str) -> str:
    """Return the sentence about two sides that do not belong together."""
    return (
        f"This portal is instance {ours}, but Odoo belongs to instance {theirs}: one of the two is "
        f"a restored copy or another database. Correct ODOO_URL and ODOO_DB; nothing was changed."
    )


def mark_of_us(client: OdooClient, *, instance: str) -> Found:
    """Look for the instance in Odoo, and for a trace of it that the bot can read."""
    marked = instance_in(client) == instance
    trace = own_records(client, external_module(instance), "res.users", BOT)
    if marked and trace:
        return Found(f"Instance {instance}: the same in Odoo.")
    would = f"mark Odoo as the one of this portal (instance {instance})"
    return Found(change=Change(would, lambda: mark_odoo(client, instance, marked, bool(trace))))


def mark_odoo(client: OdooClient, instance: str, marked: bool, traced: bool) -> str:
    """Leave the instance and the trace in Odoo, unless they are there."""
    if not marked:
        new: dict[str, Any] = {"key": PARAMETER, "value": instance}
        client.call("ir.config_parameter", "create", kind=Kind.WRITE, vals_list=[new])
    bot = the_bot(client)
    if bot and not traced:
        about = {"model": "res.users", "res_id": bot["id"], "noupdate": True}
        new = {"module": external_module(instance), "name": BOT, **about}
        client.call("ir.model.data", "create", kind=Kind.WRITE, vals_list=[new])
    return f"Instance {instance}: marked in Odoo."


def is_our_odoo(client: OdooClient, *, instance: str, bot_user_id: int) -> bool:
    """Say whether this Odoo carries our mark. The bot itself may ask, unlike for the parameter.

    :raises OdooError: Odoo did not say.
    """
    try:
        return id_of(client, f"{external_module(instance)}.{BOT}") == bot_user_id
    except OdooBroken as exc:
        if exc.cause == "builtins.ValueError":  # its way to say that there is no such external id
            return False
        raise
