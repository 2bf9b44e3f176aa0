"""``StartProduction``."""

from collections.abc import Callable

from odoo_bridge.commands import StartProduction
from odoo_bridge.outbox.productions import (
    PRODUCTION,
    confirm_draft,
    production_id,
    production_row,
    refuse_what_is_over,
    see_all_of,
)
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true

STEP = f"{PRODUCTION}.action_start"
BEGUN = ("progress", "to_close", "done")


def start_production(command: StartProduction, odoo: Sending) -> Callable[[], None]:
    """Let the production be in progress; one that is further stays so.

    :raises OdooRejected: it was cancelled, or Odoo said no.
    """
    odoo_id = production_id(command)

    def call(row: Row) -> None:
        refuse_what_is_over(row, step=STEP)
        confirm_draft(odoo, odoo_id)
        odoo.write(PRODUCTION, "action_start", repeat=Repeat.AT_ONCE, ids=[odoo_id])

    make_true(
        lambda: production_row(odoo, odoo_id), lambda row: row["state"] in BEGUN, call, step=STEP
    )
    return see_all_of(odoo, odoo_id)
