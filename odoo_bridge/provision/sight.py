"""What the portal's user may read beyond what Odoo's own groups show to anybody but administrators.

Blocked telephone numbers are the administrators' alone, and the time off of somebody who logs in to
Odoo is theirs alone (Odoo 19: phone_validation, resource). What the bot may not see would look
deleted to us. So a group of the portal's own reads these two, and may nothing else.
"""

from odoo_bridge.client import Cell, OdooClient, external_module, load
from odoo_bridge.provision.rows import id_of

NAME = "Yardmaster"
BLOCKED_NUMBERS = "phone_validation.model_phone_blacklist"
TIME_OFF = "resource.model_resource_calendar_leaves"
ACCESS_COLUMNS = ("id", "name", "model_id/.id", "group_id/.id", "perm_read")
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


def provide_sight(client: OdooClient, *, instance: str) -> int:
    """Return the id of the portal's own group, made now if it is not there."""
    module = external_module(instance)
    [group] = load(client, "res.groups", ("id", "name"), [[f"{module}.sight", NAME]], module=module)
    numbers, time_off = id_of(client, BLOCKED_NUMBERS), id_of(client, TIME_OFF)
    load(
        client,
        "ir.model.access",
        ACCESS_COLUMNS,
        [[f"{module}.sight_of_blocked_numbers", f"{NAME}: read", numbers, group, True]],
        module=module,
    )
    # A rule for a group adds to what its people see; it takes nothing from anybody.
    rule: list[Cell] = [f"{module}.sight_of_time_off", f"{NAME}: read all", time_off, [group]]
    rule += ["[(1, '=', 1)]", True, False, False, False]
    load(client, "ir.rule", RULE_COLUMNS, [rule], module=module)
    return group
