"""The way into Odoo that the portal keeps: the bot's key, and what it must know beside it."""

import datetime as dt
from dataclasses import dataclass, replace

from odoo_bridge.client import Kind, OdooClient
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.bot_key import BotKey, make_key, revoke_older
from odoo_bridge.provision.found import Change, Found
from odoo_bridge.services.keep_access import OdooFacts, keep_access


@dataclass(frozen=True, kw_only=True)
class WayIn:
    """What is to be kept of this Odoo; ids are 0 before there is what they name.

    ``key_fits`` says that Odoo takes the kept key.
    """

    admin: OdooClient
    kept: OdooAccess | None
    facts: OdooFacts
    key_fits: bool

    def found(self, *, now: dt.datetime, rotate: bool) -> Found:
        """Look whether the key will do for weeks, and whether all that is kept is still so."""
        kept = self.kept if self.key_fits else None
        if kept is None or kept.bot_user_id != self.facts.bot_user_id:
            return self.new_key(leave=1)
        key = BotKey(key=kept.api_key, expires_at=kept.key_expires_at)
        if rotate or key.ends_soon(now):
            return self.new_key(leave=2)  # the kept one may still be in use: it goes next time
        good = f"Key: good until {key.expires_at:%Y-%m-%d}."
        if self.facts.are_kept_in(kept):
            return Found(good)

        def make() -> str:
            keep_access(self.facts, api_key=key.key, key_expires_at=key.expires_at)
            return f"{good} What has changed in Odoo is noted."

        return Found(change=Change("note here what has changed in Odoo", make))

    def new_key(self, *, leave: int) -> Found:
        """Return the making of a key, after which so many of the newest are left."""

        bot = self.facts.bot_user_id

        def make() -> str:
            key = make_key(self.admin, bot_user_id=bot)
            # Raises if Odoo does not take it: until then the kept one stays.
            with_key = replace(self.admin, api_key=key.key, user=bot)
            with_key.call("res.users", "context_get", kind=Kind.READ)
            keep_access(self.facts, api_key=key.key, key_expires_at=key.expires_at)
            dropped = revoke_older(self.admin, bot_user_id=bot, leave=leave)
            older = f" Older keys: {dropped} revoked." if dropped else ""
            return f"Key: made, good until {key.expires_at:%Y-%m-%d}.{older}"

        return Found(change=Change("make a key for the bot, and keep it encrypted", make))
