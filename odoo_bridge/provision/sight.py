"""What the portal's user may see beyond what Odoo's own groups show to anybody but administrators.

Blocked telephone numbers are the administrators' alone, and the time off of somebody who logs in to
Odoo is theirs alone (Odoo 19: phone_validation, resource). What the bot may not see would look
deleted to us. So a group of the portal's own reads these two; it also adds and archives blocked
numbers, and may nothing else. And it reads the portal's own webhooks, so that the doctor can tell
whether they stand.
"""

from dataclasses import dataclass

from odoo_bridge.client import Cell, OdooClient, external_module, load
from odoo_bridge.provision.bot import LOGIN, to_be_given
from odoo_bridge.provision.found import Change, Found
from odoo_bridge.provision.own import own_records
from odoo_bridge.provision.rows import rows

NAME = "Yardmaster"
GROUP, ACCESS, RULE = "res.groups", "ir.model.access", "ir.rule"
EVERYTHING, OURS = "[(1, '=', 1)]", "[('name', '=like', 'Yardmaster: %')]"
ACCESS_COLUMNS = (
    "id",
    "name",
    "model_id/.id",
    "group_id/.id",
    "perm_read",
    "perm_write",
    "perm_create",
    "perm_unlink",
)
RULE_COLUMNS = (
    "id",
    "name",
    "model_id/.id",
    "groups/.id",
    "domain_force",
    "perm_read",
    "perm_write",
    "perm_create",
    "perm_unlink",
)


@dataclass(frozen=True)
class Sight:
    """A model that the group reads: with a right of its own, with a rule of its own, or both.

    A rule for a group adds to what its people see; it takes nothing from anybody. Rights add up: an
    Odoo that was provisioned with a smaller one gets the wider one beside it. ``keeps`` says that
    the group also writes and creates.
    """

    key: str
    odoo_model: str
    has_right: bool = True
    domain: str = ""
    keeps: bool = False

    @property
    def verb(self) -> str:
        """What the group does, as the right's name tells it in Odoo."""
        return "keep" if self.keeps else "read"

    @property
    def permissions(self) -> tuple[bool, bool, bool, bool]:
        """Whether the group reads, writes, creates and deletes."""
        return (True, self.keeps, self.keeps, False)


READ_ONLY = (True, False, False, False)
SIGHTS = (
    Sight("sight_of_blocked_numbers", "phone.blacklist"),
    Sight("sight_keeps_blocked_numbers", "phone.blacklist", keeps=True),
    Sight("sight_of_time_off", "resource.calendar.leaves", has_right=False, domain=EVERYTHING),
    Sight("sight_of_rules", "base.automation", domain=OURS),
    Sight("sight_of_actions", "ir.actions.server", domain=OURS),
)


def sight(client: OdooClient, *, instance: str) -> Found:
    """Look whether the group is there with all that it reads, and the bot in it."""
    module = external_module(instance)
    wanted = wanted_sights(client)
    own = {
        (model, key)
        for model in (GROUP, ACCESS, RULE)
        for key in own_records(client, module, model)
    }
    if not wanted <= own:
        return Found(
            change=Change(
                f"make the group {NAME}, which lets {LOGIN} keep blocked numbers and see time off",
                lambda: make_sight(client, module=module),
            )
        )
    [group] = own_records(client, module, GROUP).values()
    return to_be_given(client, groups={group}, what="sight")


def wanted_sights(client: OdooClient) -> set[tuple[str, str]]:
    """Return the model and the key of each record that lets the bot see."""
    there = ids_of_models(client)
    seen = [one for one in SIGHTS if one.odoo_model in there]
    rights = {(ACCESS, one.key) for one in seen if one.has_right}
    return rights | {(RULE, rule_key(one)) for one in seen if one.domain} | {(GROUP, "sight")}


def rule_key(one: Sight) -> str:
    """Return the key of the rule; an external id names one record of one model only."""
    return f"{one.key}_rule" if one.has_right else one.key


def ids_of_models(client: OdooClient) -> dict[str, int]:
    """Return the ids of those models that this Odoo has, by name."""
    names = [one.odoo_model for one in SIGHTS]
    return {
        row["model"]: row["id"]
        for row in rows(client, "ir.model", [["model", "in", names]], "model")
    }


def make_sight(client: OdooClient, *, module: str) -> str:
    """Make what is missing, and put the bot into the group."""
    [group] = load(client, GROUP, ("id", "name"), [[f"{module}.sight", NAME]], module=module)
    models = ids_of_models(client)
    seen = [(one, models[one.odoo_model]) for one in SIGHTS if one.odoo_model in models]
    rights: list[list[Cell]] = [
        [f"{module}.{one.key}", f"{NAME}: {one.verb}", model, group, *one.permissions]
        for one, model in seen
        if one.has_right
    ]
    load(client, ACCESS, ACCESS_COLUMNS, rights, module=module)
    rules: list[list[Cell]] = [
        [f"{module}.{rule_key(one)}", f"{NAME}: read", model, [group], one.domain, *READ_ONLY]
        for one, model in seen
        if one.domain
    ]
    load(client, RULE, RULE_COLUMNS, rules, module=module)
    given = to_be_given(client, groups={group}, what="sight")
    return given.change.make() if given.change else f"User {LOGIN}: sight widened."
