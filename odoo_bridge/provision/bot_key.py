"""The bot's API key: made, tried, renewed before it ends, and revoked.

Odoo 19 lets a user make a key only in a browser session, after typing a password. So the
administrator does it for the bot, with a server action that lives for this one call: no password
is ever set, and the key travels only in the answer.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from odoo_bridge.client import Kind, OdooClient, OdooUnauthorized
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.rows import id_of, rows

NAME = "Yardmaster"
ACTION = "Yardmaster: the bot's key (removed after use)"
RENEW_BEFORE = dt.timedelta(days=21)
# One day less than the most that Odoo allows an internal user.
MAKE = """
expires = datetime.datetime.now() + datetime.timedelta(days=89)
keys = env["res.users.apikeys"].with_user(record)
key = keys._generate("rpc", env.context["key_name"], expires)
action = {"key": key, "expires": str(expires)}
"""
REVOKE = """
env["res.users.apikeys"].browse(env.context["revoke"])._remove()
"""


@dataclass(frozen=True)
class BotKey:
    """A key, and when it ends."""

    key: str = field(repr=False)
    expires_at: dt.datetime

    def ends_soon(self, now: dt.datetime) -> bool:
        """Say whether it is time for the next one."""
        return self.expires_at - now < RENEW_BEFORE


def client_of_bot(admin: OdooClient, access: OdooAccess) -> OdooClient:
    """Return a client like the administrator's, with the key that we keep."""
    return replace(admin, api_key=access.api_key, user=access.bot_user_id)


def works(client: OdooClient, bot_user_id: int) -> bool:
    """Say whether the client's key is one of the bot's that Odoo takes.

    :raises OdooError: Odoo did not answer.
    """
    try:
        context = client.call("res.users", "context_get", kind=Kind.READ)
    except OdooUnauthorized:
        return False
    return bool(context["uid"] == bot_user_id)


def make_key(client: OdooClient, *, bot_user_id: int) -> BotKey:
    """Make a key for the bot, which lives for 89 days.

    :raises OdooRejected: Odoo's sentence says why it made none.
    """
    made = run_once(client, MAKE, bot_user_id, key_name=NAME)
    expires_at = dt.datetime.fromisoformat(made["expires"]).replace(tzinfo=dt.UTC)
    return BotKey(key=made["key"], expires_at=expires_at)


def revoke_older(client: OdooClient, *, bot_user_id: int, leave: int) -> int:
    """Revoke our keys of the bot but for the ``leave`` newest; return how many that were."""
    older = keys_of(client, bot_user_id)[: -leave or None]
    if older:
        run_once(client, REVOKE, bot_user_id, revoke=older)
    return len(older)


def keys_of(client: OdooClient, bot_user_id: int) -> list[int]:
    """Return our keys of the bot, the newest last."""
    domain = [["user_id", "=", bot_user_id], ["name", "=", NAME]]
    return [row["id"] for row in rows(client, "res.users.apikeys", domain)]


def run_once(client: OdooClient, code: str, bot_user_id: int, **context: Any) -> Any:
    """Run code in Odoo as the administrator, who alone may run it, and leave nothing behind."""
    remove_actions(client)  # of a run that was cut off
    new = {
        "name": ACTION,
        "model_id": id_of(client, "base.model_res_users"),
        "state": "code",
        "code": code,
        "group_ids": [[6, 0, [id_of(client, "base.group_system")]]],
    }
    [action] = client.call("ir.actions.server", "create", kind=Kind.WRITE, vals_list=[new])
    about = {"active_model": "res.users", "active_id": bot_user_id, "active_ids": [bot_user_id]}
    try:
        return client.call(
            "ir.actions.server",
            "run",
            kind=Kind.WRITE_RECORDS,
            ids=[action],
            context=about | context,
        )
    finally:
        remove_actions(client)


def remove_actions(client: OdooClient) -> None:
    """Remove our server actions."""
    left = [row["id"] for row in rows(client, "ir.actions.server", [["name", "=", ACTION]])]
    if left:
        client.call("ir.actions.server", "unlink", kind=Kind.WRITE_RECORDS, ids=left)
