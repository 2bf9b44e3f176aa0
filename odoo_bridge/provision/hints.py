"""Odoo's automation rules that tell us of changes: made, kept up to date, and taken out again.

A rule fires on the fields that we mirror, or on a deletion, and posts to an address of ours that
ends with a secret. To change a rule makes every worker of Odoo load its models anew, so nothing is
written that is so already (Odoo 19: base_automation).
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from odoo_bridge.client import Cell, Kind, OdooClient, OdooRejected, external_module, load
from odoo_bridge.provision.modules import install
from odoo_bridge.provision.rows import rows
from odoo_bridge.provision.say import Say
from odoo_bridge.sync.columns import MirrorSpec

MODULE = "base_automation"
RULE, ACTION = "base.automation", "ir.actions.server"
CHANGED, DELETED = "on_create_or_write", "on_unlink"
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


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An automation rule of ours: what it is called, and when it posts."""

    key: str
    name: str
    model_id: int
    trigger: str
    field_ids: list[int]


def provide_hints(
    client: OdooClient, specs: Iterable[MirrorSpec], *, instance: str, address: str, say: Say
) -> bool:
    """Let Odoo tell us of changes; return whether it will.

    ``address`` is where it posts to, the secret included.
    """
    if not provide_module(client, say):
        return False
    module = external_module(instance)
    rules = wanted_rules(client, told_models(specs), module)
    cells: list[list[Cell]] = [
        [rule.key, rule.name, rule.model_id, rule.trigger, True, rule.field_ids or None]
        for rule in rules
    ]
    rule_ids = load(client, RULE, RULE_COLUMNS, cells, module=module)
    cells = [
        [f"{rule.key}_action", rule.name, rule.model_id, "base_automation", "webhook", one, address]
        for rule, one in zip(rules, rule_ids, strict=True)
    ]
    action_ids = load(client, ACTION, ACTION_COLUMNS, cells, module=module)
    watched = [{"active": True, "trigger_field_ids": rule.field_ids} for rule in rules]
    mended = mend(client, RULE, dict(zip(rule_ids, watched, strict=True)))
    mended += mend(client, ACTION, {key: {"webhook_url": address} for key in action_ids})
    say(f"Webhooks: {len(rules)} rules stand{f', {mended} mended' if mended else ''}.")
    return True


def wanted_rules(client: OdooClient, told: Mapping[str, Set[str]], module: str) -> list[Rule]:
    """Return the rules that shall stand: for each model one for changes and one for deletions."""
    rules = []
    for odoo_model, (model_id, fields) in fields_in(client, told).items():
        watched = sorted(fields[name] for name in told[odoo_model] if name in fields)
        for trigger, ids in ((CHANGED, watched), (DELETED, [])):
            what = "deleted" if trigger == DELETED else "changed"
            key = f"{module}.hint_{odoo_model.replace('.', '_')}_{what}"
            rules.append(
                Rule(
                    key=key,
                    name=f"Yardmaster: {odoo_model} {what}",
                    model_id=model_id,
                    trigger=trigger,
                    field_ids=ids,
                )
            )
    return rules


def provide_module(client: OdooClient, say: Say) -> bool:
    """Return whether Odoo has automation rules, installed now if need be."""
    asked = [["name", "=", MODULE], ["state", "=", "installed"]]
    if rows(client, "ir.module.module", asked):
        return True
    try:
        install(client, MODULE)
    except OdooRejected as exc:
        say(f"Webhooks: not to be had ({exc.reason}) Changes show after a poll.")
        return False
    say(f"Webhooks: {MODULE} was installed.")
    return True


def told_models(specs: Iterable[MirrorSpec]) -> dict[str, set[str]]:
    """Return the models of Odoo to watch, each with the fields that show in a mirror."""
    wanted: dict[str, set[str]] = {}
    for spec in specs:
        names = {column.odoo for column in spec.columns}
        for odoo_model in filter(None, [spec.tells, *(model for _, model in spec.inherits)]):
            wanted.setdefault(odoo_model, set()).update(names)
    return wanted


def fields_in(
    client: OdooClient, odoo_models: Iterable[str]
) -> dict[str, tuple[int, dict[str, int]]]:
    """Return the id of each model, and of its stored fields by name."""
    names = list(odoo_models)
    models = rows(client, "ir.model", [["model", "in", names]], "model")
    fields = rows(
        client,
        "ir.model.fields",
        [["model", "in", names], ["store", "=", True]],
        "model",
        "name",
    )
    found: dict[str, tuple[int, dict[str, int]]] = {row["model"]: (row["id"], {}) for row in models}
    for row in fields:
        found[row["model"]][1][row["name"]] = row["id"]
    return found


def mend(client: OdooClient, model: str, wanted: Mapping[int, Mapping[str, Any]]) -> int:
    """Write what is not so already; return how many records were mended."""
    names = {name for values in wanted.values() for name in values}
    mended = 0
    for row in rows(client, model, [["id", "in", list(wanted)]], *names):
        values = wanted[row["id"]]
        wrong = {name: value for name, value in values.items() if same(row[name]) != same(value)}
        if wrong:
            vals = {name: linked(value) for name, value in wrong.items()}
            client.call(model, "write", kind=Kind.WRITE_RECORDS, ids=[row["id"]], vals=vals)
            mended += 1
    return mended


def linked(value: Any) -> Any:
    """Return a value as ``write`` takes it: a list of ids replaces the one that stands."""
    return [[6, 0, value]] if isinstance(value, list) else value


def same(value: Any) -> Any:
    """Return a value in which the order of ids does not count."""
    return sorted(value) if isinstance(value, list) else value


def remove_hints(client: OdooClient, *, instance: str) -> int:
    """Delete every rule and action of ours; return how many rules there were."""
    module = external_module(instance)
    removed = 0
    for model in (ACTION, RULE):
        ours = rows(
            client,
            "ir.model.data",
            [["module", "=", module], ["name", "=like", "hint\\_%"], ["model", "=", model]],
            "res_id",
        )
        ids = [row["res_id"] for row in ours]
        if ids:
            client.call(model, "unlink", kind=Kind.WRITE_RECORDS, ids=ids)
        removed = len(ids)
    return removed
