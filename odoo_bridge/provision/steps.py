"""All of provisioning, in an order in which every step can be cut off and done again."""

import datetime as dt
from dataclasses import dataclass, replace

from django.urls import reverse

from odoo_bridge.client import Kind, OdooClient
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.bot import provide_bot
from odoo_bridge.provision.bot_key import BotKey, make_key, revoke_older, works
from odoo_bridge.provision.cash import provide_cash_journal
from odoo_bridge.provision.check import what_the_bot_lacks
from odoo_bridge.provision.hints import provide_hints
from odoo_bridge.provision.instance import agreed_instance, mark_odoo
from odoo_bridge.provision.modules import check_modules, provide_optional_modules
from odoo_bridge.provision.reach import administrator
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.say import Say
from odoo_bridge.services.keep_access import keep_access
from odoo_bridge.services.keep_hint_secret import keep_hint_secret, keep_hints_since
from odoo_bridge.sync.specs import specs_for


@dataclass(frozen=True, kw_only=True)
class Provisioning:
    """One run: the administrator's client, what we have kept, and whom to tell.

    ``hints_to`` is where Odoo reaches the portal; without it Odoo is asked for no webhooks.
    ``hint_secret`` is a secret for their address that somebody chose; ``rotate`` makes new secrets.
    """

    admin: OdooClient
    kept: OdooAccess | None
    now: dt.datetime
    say: Say
    take_over: bool = False
    hints_to: str = ""
    hint_secret: str = ""
    rotate: bool = False

    def run(self) -> OdooAccess:
        """Do what is not done yet. A second run changes nothing.

        :raises NotProvisioned: something is missing; the sentence says who must do what.
        :raises OdooError: Odoo broke off; run it again.
        """
        who = administrator(self.admin)
        self.say(f"Odoo at {self.admin.base_url}, database {self.admin.database}: {who.name}.")
        key_fits = self.kept_key_works()
        instance = agreed_instance(
            self.admin,
            ours=self.kept.instance if self.kept else "",
            key_fits=key_fits,
            take_over=self.take_over,
        )
        check_modules(self.admin, self.say)
        modules = provide_optional_modules(self.admin, self.say)
        bot = provide_bot(
            self.admin,
            company_id=who.company_id,
            instance=instance,
            modules=modules,
            say=self.say,
        )
        journal_id = provide_cash_journal(
            self.admin,
            company_id=bot["company_id"],
            kept_id=self.kept.cash_journal_id if self.kept else None,
            say=self.say,
        )
        key_fits = key_fits and bool(self.kept and self.kept.bot_user_id == bot["id"])
        key = self.key_for(bot["id"], key_fits=key_fits)
        access = keep_access(
            instance=instance,
            bot_user_id=bot["id"],
            api_key=key.key,
            key_expires_at=key.expires_at,
            cash_journal_id=journal_id,
            modules=modules,
        )
        if self.kept is None or key.key != self.kept.api_key:
            self.drop_older_keys(access, overlap=key_fits)
        is_new = mark_odoo(self.admin, instance=instance, bot_user_id=bot["id"])
        self.say(f"Instance {instance}: {'marked in Odoo' if is_new else 'the same in Odoo'}.")
        self.check(access)
        self.provide_hints(access)
        return access

    def provide_hints(self, access: OdooAccess) -> None:
        """Let Odoo tell us of changes. The secret is known here before it is there."""
        if not self.hints_to:
            return
        secret = keep_hint_secret(given=self.hint_secret, rotate=self.rotate, now=self.now)
        told = provide_hints(
            self.admin,
            specs_for(modules=access.installed),
            instance=access.instance,
            address=f"{self.hints_to}{reverse('odoo_webhook:hint', args=[secret])}",
            say=self.say,
        )
        keep_hints_since(now=self.now if told else None)

    def kept_key_works(self) -> bool:
        """Say whether Odoo takes the key that we keep, from the bot that we know."""
        if self.kept is None:
            return False
        bot = self.client_of_bot(self.kept.api_key)
        return works(bot, bot_user_id=self.kept.bot_user_id)

    def key_for(self, bot_user_id: int, *, key_fits: bool) -> BotKey:
        """Return the kept key, if it will do for weeks, else a new one that was tried.

        :raises OdooError: Odoo made none, or does not take it.
        """
        if self.kept is not None and key_fits:
            kept = BotKey(key=self.kept.api_key, expires_at=self.kept.key_expires_at)
            if not (self.rotate or kept.ends_soon(self.now)):
                self.say(f"Key: good until {kept.expires_at:%Y-%m-%d}.")
                return kept
        key = make_key(self.admin, bot_user_id=bot_user_id)
        # Raises if Odoo does not take it: until then the kept one stays.
        self.client_of_bot(key.key).call("res.users", "context_get", kind=Kind.READ)
        self.say(f"Key: made, good until {key.expires_at:%Y-%m-%d}.")
        return key

    def drop_older_keys(self, access: OdooAccess, *, overlap: bool) -> None:
        """Revoke what is not needed. A key that worked may still be in use: it goes next time."""
        dropped = revoke_older(
            self.admin, bot_user_id=access.bot_user_id, leave=2 if overlap else 1
        )
        if dropped:
            self.say(f"Older keys: {dropped} revoked.")

    def check(self, access: OdooAccess) -> None:
        """Try what the bot will have to do.

        :raises NotProvisioned: with the names of what it may not do.
        """
        lacks = what_the_bot_lacks(self.client_of_bot(access.api_key), modules=access.installed)
        if lacks:
            raise NotProvisioned(
                f"The bot is there, but {'; '.join(lacks)}. An administrator of Odoo must look at "
                f"the access rights of yardmaster-bot, and then run odoo_provision again."
            )
        self.say("Check: the bot may do all that the portal needs.")

    def client_of_bot(self, key: str) -> OdooClient:
        """Return a client with the bot's key."""
        return replace(self.admin, api_key=key)
