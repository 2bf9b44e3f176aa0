"""``PlanProduction``: the production has its times, and somebody who sees to it."""

from collections.abc import Callable

from odoo_bridge.client import odoo_datetime
from odoo_bridge.commands import PlanProduction
from odoo_bridge.outbox.productions import (
    PRODUCTION,
    production_id,
    production_row,
    refuse_what_is_over,
    see_all_of,
)
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, has, make_true

STEP = f"{PRODUCTION}.write"
# Without it Odoo would throw the plan of the work orders away. It would refuse what is over, too.
KEEP_WORK_ORDERS = {"force_date": True}


def plan_production(command: PlanProduction, odoo: Sending) -> Callable[[], None]:
    """Plan it; the mirrors show what Odoo has then.

    :raises OdooRejected: it is done or cancelled, or gone.
    """
    odoo_id = production_id(command)
    first: Row = {"date_start": odoo_datetime(command.starts_at)}
    if command.responsible_odoo_id is not None:
        first["user_id"] = command.responsible_odoo_id
    end = {"date_finished": odoo_datetime(command.ends_at)}

    def write(values: Row, repeat: Repeat) -> None:
        context = KEEP_WORK_ORDERS
        odoo.write(PRODUCTION, "write", repeat=repeat, ids=[odoo_id], vals=values, context=context)

    def call(row: Row) -> None:
        refuse_what_is_over(row, step=STEP)
        if not has(row, first):
            # In two steps, because Odoo reckons the end from a new start, even one in the same
            # write. A late first step would undo the second one: it must not be repeated while
            # it can land.
            write(first, Repeat.LATE)
        write(end, Repeat.AT_ONCE)

    make_true(
        lambda: production_row(odoo, odoo_id),
        lambda row: has(row, first | end),
        call,
        step=STEP,
    )
    return see_all_of(odoo, odoo_id)
