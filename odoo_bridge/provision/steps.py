"""All of provisioning, in an order in which every step can be cut off and done again."""

import datetime as dt
from dataclasses import dataclass
from functools import partial

from odoo_bridge.client import OdooClient
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.bot import bot_rights, bot_user, the_bot
from odoo_bridge.provision.bot_key import client_of_bot
from odoo_bridge.provision.cash import cash_journal, chosen_journal
from odoo_bridge.provision.check import what_the_bot_lacks
from odoo_bridge.provision.found import Found, Say, Step, look_at_all, make_all
from odoo_bridge.provision.ground import Ground, look_at_ground
from odoo_bridge.provision.hints import Hints, automation, hint_secret
from odoo_bridge.provision.instance import mark_of_us
from odoo_bridge.provision.modules import fleet_batches, optional_modules
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.sight import sight
from odoo_bridge.provision.way_in import WayIn
from odoo_bridge.services.keep_access import OdooFacts
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

        :raises NotProvisioned: something is missing; the sentence says who must do what. But for
            rights that the bot still lacks in the end, nothing was changed.
        :raises OdooError: Odoo broke off; run it again.
        """
        steps, _ = self.look()
        make_all(steps, self.say)
        access = OdooAccess.objects.get()
        self.check(access)
        return access

    def rehearse(self) -> int:
        """Say what a run would do, and do nothing; return how many changes there would be.

        :raises NotProvisioned: what would refuse the run.
        """
        _, found = self.look()
        for one in found:
            self.say(one.foretold)
        changes = sum(one.change is not None for one in found)
        if self.kept and not changes:
            self.check(self.kept)
        return changes

    def look(self) -> tuple[list[Step], list[Found]]:
        """Make all looks, before the first change: what refuses a run refuses it here."""
        ground = look_at_ground(self.admin, kept=self.kept, take_over=self.take_over, say=self.say)
        steps = self.steps(ground)
        return steps, look_at_all(steps)

    def steps(self, ground: Ground) -> list[Step]:
        """Return the steps. Odoo is marked before anything in it depends on the mark."""
        admin, instance, company_id = self.admin, ground.instance, ground.company_id
        kept_journal = self.kept.cash_journal_id if self.kept else None
        steps: list[Step] = [
            partial(fleet_batches, admin),
            partial(bot_user, admin, company_id=company_id, is_new=ground.is_new),
            lambda: bot_rights(admin, modules=optional_modules(admin)),
            partial(
                cash_journal,
                admin,
                company_id=company_id,
                kept_id=kept_journal,
                instance=instance,
            ),
            partial(self.way_in, ground),
            partial(mark_of_us, admin, instance=instance),
            partial(sight, admin, instance=instance),
        ]
        if not self.hints_to:
            return steps
        return [partial(automation, admin), *steps, self.secret, partial(self.rules, instance)]

    def way_in(self, ground: Ground) -> Found:
        """Look at the key, and at what is kept with it."""
        bot = the_bot(self.admin)
        kept_id = self.kept.cash_journal_id if self.kept else None
        journal = chosen_journal(self.admin, company_id=ground.company_id, kept_id=kept_id)
        facts = OdooFacts(
            instance=ground.instance,
            bot_user_id=bot["id"] if bot else 0,
            cash_journal_id=journal or 0,
            modules=optional_modules(self.admin),
            protocol=self.admin.protocol,
        )
        way_in = WayIn(admin=self.admin, kept=self.kept, facts=facts, key_fits=ground.key_fits)
        return way_in.found(now=self.now, rotate=self.rotate)

    def secret(self) -> Found:
        """Look at the secret that ends the webhooks' address."""
        access = OdooAccess.objects.first()
        return hint_secret(access, given=self.hint_secret, rotate=self.rotate, now=self.now)

    def rules(self, instance: str) -> Found:
        """Look at the rules that tell us of changes."""
        specs = specs_for(modules=optional_modules(self.admin))
        hints = Hints.of(self.admin, specs, instance=instance)
        return hints.found(OdooAccess.objects.first(), base=self.hints_to)

    def check(self, access: OdooAccess) -> None:
        """Try what the bot will have to do.

        :raises NotProvisioned: with the names of what it may not do.
        """
        lacks = what_the_bot_lacks(client_of_bot(self.admin, access), modules=access.installed)
        if lacks:
            raise NotProvisioned(
                f"The bot is there, but {'; '.join(lacks)}. An administrator of Odoo must look at "
                f"the access rights of yardmaster-bot, and then run odoo_provision again."
            )
        self.say("Check: the bot may do all that the portal needs.")
