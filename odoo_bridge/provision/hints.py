"""Odoo's webhooks: automation rules that post to an address of ours that ends with a secret.

They are made once and kept right; ``rules.py`` says which they are.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from odoo_bridge.client import Cell, OdooClient, external_module, load
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.found import Change, Found
from odoo_bridge.provision.modules import can_be_installed, installed_of, module_to_install
from odoo_bridge.provision.own import own_records
from odoo_bridge.provision.rules import (
    Rule,
    Wrong,
    mend,
    told_models,
    wanted_rules,
    wrong_values,
)
from odoo_bridge.services.keep_hint_secret import (
    keep_hint_secret,
    keep_hints_since,
    secret_stays,
)
from odoo_bridge.sync.columns import MirrorSpec

MODULE = "base_automation"
RULE, ACTION = "base.automation", "ir.actions.server"
LIKE = r"hint\_%"
RULE_COLUMNS = ("id", "name", "model_id/.id", "trigger", "active", "trigger_field_ids/.id")
ACTION_COLUMNS = (
    "id",
    "name",
    "model_id/.id",
    "usage",
    "state",
    "base_automation_id/.id",
    "webhook_url",
)


def address_of(base: str, secret: str) -> str:
    """Return where Odoo posts to."""
    return f"{base}{reverse('odoo_webhook:hint', args=[secret])}"


def automation(client: OdooClient) -> Found:
    """Look whether Odoo has automation rules; installing gives it them."""
    if installed_of(client, [MODULE]):
        return Found(f"Webhooks: {MODULE} is installed.")
    otherwise = "Changes show after a poll."
    return module_to_install(client, MODULE, what="Webhooks", otherwise=otherwise)


def hint_secret(access: OdooAccess | None, *, given: str, rotate: bool, now: dt.datetime) -> Found:
    """Look whether the secret stays. It is known here before it is there."""
    if access is not None and secret_stays(access, given=given, rotate=rotate):
        return Found("Webhook secret: kept.")

    def make() -> str:
        keep_hint_secret(given=given, rotate=rotate, now=now)
        return "Webhook secret: new. The one before stays good for a day."

    return Found(change=Change("keep a new secret for the webhooks, and tell it to each", make))


@dataclass(frozen=True)
class Hints:
    """The rules for some mirrors, in an Odoo that knows us as ``module``."""

    client: OdooClient
    module: str
    rules: list[Rule]

    @classmethod
    def of(cls, client: OdooClient, specs: Iterable[MirrorSpec], *, instance: str) -> "Hints":
        """Ask Odoo what the models and fields are called there."""
        return cls(client, external_module(instance), wanted_rules(client, told_models(specs)))

    def found(self, access: OdooAccess | None, *, base: str) -> Found:
        """Look whether all rules stand, are active and post to where we listen."""
        told = bool(installed_of(self.client, [MODULE]))
        if not told and not can_be_installed(self.client, MODULE):
            return self.none(access)
        missing, wrong = self.differences(access, base) if told else (len(self.rules), 0)
        since = access.hints_since if access else None
        if told and since and not (missing or wrong):
            return Found(f"Webhooks: {len(self.rules)} rules stand.")
        would = f"make {missing} rules for webhooks, and mend {wrong}"
        return Found(change=Change(would, lambda: self.make(base=base)))

    def none(self, access: OdooAccess | None) -> Found:
        """Return that there are no webhooks, which is noted if there were some."""
        says = "Webhooks: none. Changes show after a poll."
        if access is None or access.hints_since is None:
            return Found(says)

        def make() -> str:
            keep_hints_since(now=None)
            return says

        return Found(change=Change("note that Odoo tells of nothing any more", make))

    def differences(self, access: OdooAccess | None, base: str) -> tuple[int, int]:
        """Return how many rules are not there, and how many records are not as they should be."""
        rules = own_records(self.client, self.module, RULE, LIKE)
        actions = own_records(self.client, self.module, ACTION, LIKE)
        missing = [
            rule for rule in self.rules if not (rule.key in rules and action_key(rule) in actions)
        ]
        address = address_of(base, access.hint_secret) if access and access.hint_secret else ""
        wrong = self.wrong(rules, actions, address)
        return len(missing), sum(len(one) for one in wrong.values())

    def wrong(
        self, rules: dict[str, int], actions: dict[str, int], address: str
    ) -> dict[str, Wrong]:
        """Return what differs in the rules and the actions that are there."""
        watched = {
            rules[rule.key]: {"active": True, "trigger_field_ids": rule.field_ids}
            for rule in self.rules
            if rule.key in rules
        }
        posting = {
            actions[action_key(rule)]: {"webhook_url": address}
            for rule in self.rules
            if action_key(rule) in actions
        }
        wanted = ((RULE, watched), (ACTION, posting))
        return {model: wrong_values(self.client, model, records) for model, records in wanted}

    def make(self, *, base: str) -> str:
        """Make what is missing, mend what is wrong, and note from when on Odoo tells of changes."""
        if not installed_of(self.client, [MODULE]):  # it could have been, and Odoo did not want to
            keep_hints_since(now=None)
            return "Webhooks: none. Changes show after a poll."
        address = address_of(base, OdooAccess.objects.get().hint_secret)
        self.load(address)
        rules = own_records(self.client, self.module, RULE, LIKE)
        actions = own_records(self.client, self.module, ACTION, LIKE)
        wrong = self.wrong(rules, actions, address)
        mended = sum(mend(self.client, model, records) for model, records in wrong.items())
        # Not when we began: the bot itself was written after that, before any rule stood.
        keep_hints_since(now=timezone.now())
        also = f", {mended} mended" if mended else ""
        return f"Webhooks: {len(self.rules)} rules stand{also}."

    def load(self, address: str) -> None:
        """Make the rules and actions that are not there."""
        cells: list[list[Cell]] = [
            [
                self.named(rule.key),
                rule.name,
                rule.model_id,
                rule.trigger,
                True,
                rule.field_ids or None,
            ]
            for rule in self.rules
        ]
        ids = load(self.client, RULE, RULE_COLUMNS, cells, module=self.module)
        cells = [
            [
                self.named(action_key(rule)),
                rule.name,
                rule.model_id,
                "base_automation",
                "webhook",
                odoo_id,
                address,
            ]
            for rule, odoo_id in zip(self.rules, ids, strict=True)
        ]
        load(self.client, ACTION, ACTION_COLUMNS, cells, module=self.module)

    def named(self, key: str) -> str:
        """Return the external id."""
        return f"{self.module}.{key}"


def action_key(rule: Rule) -> str:
    """Return the key of the action that a rule runs."""
    return f"{rule.key}_action"
