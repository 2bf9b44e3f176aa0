"""Which automation rules Odoo shall have for us, and how those that stand differ from that.

A rule fires on the fields that we mirror, or on a deletion. To change a rule makes every worker of
Odoo load its models anew, so nothing is written that is so already (Odoo 19: base_automation).
"""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from odoo_bridge.client import Kind, OdooClient
from odoo_bridge.provision.rows import rows
from odoo_bridge.sync.columns import MirrorSpec

CHANGED, DELETED = "on_create_or_write", "on_unlink"
Wrong = dict[int, dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An automation rule of ours: what it is called, and when it posts."""

    key: str
    name: str
    model_id: int
    trigger: str
    field_ids: list[int]


def rule_names(specs: Iterable[MirrorSpec]) -> set[str]:
    """Return the names that the rules for these mirrors have in Odoo."""
    return {
        rule_name(model, what) for model in told_models(specs) for what in ("changed", "deleted")
    }


def rule_name(odoo_model: str, what: str) -> str:
    """Return the name of a rule, which its action shares."""
    return f"Yardmaster: {odoo_model} {what}"


def wanted_rules(client: OdooClient, told: Mapping[str, Set[str]]) -> list[Rule]:
    """Return the rules that shall stand: for each model one for changes and one for deletions."""
    rules = []
    for odoo_model, (model_id, fields) in fields_in(client, told).items():
        watched = sorted(fields[name] for name in told[odoo_model] if name in fields)
        for trigger, ids in ((CHANGED, watched), (DELETED, [])):
            what = "deleted" if trigger == DELETED else "changed"
            rules.append(
                Rule(
                    key=f"hint_{odoo_model.replace('.', '_')}_{what}",
                    name=rule_name(odoo_model, what),
                    model_id=model_id,
                    trigger=trigger,
                    field_ids=ids,
                )
            )
    return rules


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


def wrong_values(client: OdooClient, model: str, wanted: Mapping[int, Mapping[str, Any]]) -> Wrong:
    """Return what is not so already, by record."""
    names = {name for values in wanted.values() for name in values}
    found = {}
    for row in rows(client, model, [["id", "in", list(wanted)]], *names):
        values = wanted[row["id"]].items()
        wrong = {name: value for name, value in values if same(row[name]) != same(value)}
        if wrong:
            found[row["id"]] = wrong
    return found


def mend(client: OdooClient, model: str, wrong: Wrong) -> int:
    """Write what is not so, in one call where many need the same; return how many were mended."""
    alike: dict[str, list[int]] = {}
    for odoo_id, values in wrong.items():
        alike.setdefault(json.dumps(values, sort_keys=True), []).append(odoo_id)
    for values_in_json, ids in alike.items():
        vals = {name: linked(value) for name, value in json.loads(values_in_json).items()}
        client.call(model, "write", kind=Kind.WRITE_RECORDS, ids=ids, vals=vals)
    return len(wrong)


def linked(value: Any) -> Any:
    """Return a value as ``write`` takes it: a list of ids replaces the one that stands."""
    return [[6, 0, value]] if isinstance(value, list) else value


def same(value: Any) -> Any:
    """Return a value in which the order of ids does not count."""
    return sorted(value) if isinstance(value, list) else value
