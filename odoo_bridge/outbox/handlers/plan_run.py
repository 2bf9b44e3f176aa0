"""``PlanRun``: the batch is there, and has the run's truck, driver, time and title."""

from collections.abc import Callable

from odoo_bridge.client import Cell, odoo_datetime
from odoo_bridge.commands import PlanRun
from odoo_bridge.outbox.batches import BATCH, batch_of
from odoo_bridge.outbox.driver_field import name_driver
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, has, make_true

BY_ID = {"vehicle_id": "vehicle_id/.id", "driver_id": "driver_id/.id"}


def plan_run(command: PlanRun, odoo: Sending) -> Callable[[], None]:
    """Make the batch, or change what differs; there is no mirror of it."""
    wanted = wanted_values(command, with_fleet=odoo.access.has_fleet_batches)
    cells: list[Cell] = [value or None for value in wanted.values()]
    batch = batch_of(odoo, command.run_uuid, [BY_ID.get(name, name) for name in wanted], *cells)

    def look() -> Row:
        fields = [*wanted, "picking_ids"]
        [row] = odoo.read(BATCH, "read", ids=[batch], fields=fields, load=None)
        return dict(row)

    # All values in one write: a new vehicle alone would bring its own driver along.
    make_true(
        look,
        lambda row: has(row, due(wanted, row)),
        lambda row: odoo.write(
            BATCH, "write", repeat=Repeat.AT_ONCE, ids=[batch], vals=due(wanted, row)
        ),
        step=f"{BATCH}.write",
    )
    name_driver(odoo, batch)
    return lambda: None


def wanted_values(command: PlanRun, *, with_fleet: bool) -> Row:
    """Return the batch's fields as Odoo shall have them, and shows them.

    Where a batch knows no vehicle and no driver, the title alone names them.
    """
    values: Row = {
        "description": command.title,
        "scheduled_date": odoo_datetime(command.starts_at),
    }
    if with_fleet:
        values["vehicle_id"] = command.vehicle_odoo_id
        values["driver_id"] = command.driver_odoo_id or False
    return values


def due(wanted: Row, row: Row) -> Row:
    """Return the values that the batch shall have as it is now.

    The time of a batch with transfers is the earliest of theirs: Odoo sees to that whenever they
    change, so ours is for an empty one.
    """
    names = wanted.keys() - {"scheduled_date"} if row["picking_ids"] else wanted.keys()
    return {name: wanted[name] for name in names}
