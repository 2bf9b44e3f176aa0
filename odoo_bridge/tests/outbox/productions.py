"""Things to make in a real Odoo: words for the tests."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from odoo_bridge.commands import FinishProduction, PlanProduction, Scrapped, StartProduction
from odoo_bridge.sync.specs import MANUFACTURING_ORDER
from odoo_bridge.tests.outbox.purchases import mirrored
from odoo_bridge.tests.outbox.yard import Yard

MONDAY = dt.datetime(2026, 12, 7, 13, tzinfo=dt.UTC)
FIELDS = ("state", "date_start", "date_finished", "user_id", "product_qty", "qty_produced", "name")


@dataclass(frozen=True)
class Workshop:
    """Bundles that are made of two logs each."""

    yard: Yard
    bundle: int
    log: int
    unit: int
    bill: int

    def order(self, quantity=10, *, draft=False):
        """Let somebody order bundles in Odoo; return the mirror of that."""
        made = self.yard.make(
            "mrp.production",
            product_id=self.bundle,
            product_qty=quantity,
            bom_id=self.bill,
            date_start="2026-12-01 08:00:00",
            user_id=False,
        )
        if not draft:
            self.yard.do("mrp.production", "action_confirm", [made])
        return self.seen(made)

    def seen(self, odoo_id):
        """Read a production of Odoo into its mirror, and return that."""
        return mirrored(self.yard, MANUFACTURING_ORDER, [["id", "=", odoo_id]])[0]

    def row(self, production):
        """Return the production as Odoo has it."""
        return self.yard.row("mrp.production", production.odoo_id, *FIELDS)

    def rest(self, production):
        """Return what is still to be made of it, as Odoo has it."""
        domain = [["product_id", "=", self.bundle], ["id", ">", production.odoo_id]]
        return self.yard.rows("mrp.production", domain, *FIELDS)

    def consumed(self, production):
        """Return how many logs went into it."""
        domain = [["raw_material_production_id", "=", production.odoo_id], ["state", "=", "done"]]
        domain.append(["location_dest_usage", "=", "production"])
        rows = self.yard.rows("stock.move", domain, "quantity")
        return sum(row["quantity"] for row in rows)

    def scraps(self, production):
        """Return what was scrapped: state, product and quantity of each, and the moves of it."""
        domain = [["production_id", "=", production.odoo_id]]
        fields = ("state", "product_id", "scrap_qty", "move_ids")
        rows = self.yard.rows("stock.scrap", domain, *fields)
        return [
            (row["state"], row["product_id"], row["scrap_qty"], len(row["move_ids"]))
            for row in rows
        ]

    def scrap(self, product, quantity):
        return Scrapped(
            scrap_uuid=uuid.uuid4(),
            product_odoo_id=product,
            unit_odoo_id=self.unit,
            quantity=Decimal(quantity),
        )


def a_workshop(yard):
    """Make what is made and what it is made of in Odoo."""
    bundle, log = (yard.product(name=name, is_storable=True) for name in ("Bundle", "Log"))
    row = yard.row("product.product", bundle, "product_tmpl_id", "uom_id")
    bill = yard.make(
        "mrp.bom",
        product_tmpl_id=row["product_tmpl_id"],
        bom_line_ids=[[0, 0, {"product_id": log, "product_qty": 2}]],
    )
    return Workshop(yard=yard, bundle=bundle, log=log, unit=row["uom_id"], bill=bill)


def start(production):
    return StartProduction(production_uuid=production.uuid)


def finish(production, quantity, **values):
    """Return what finishes a production with so much made."""
    key = {"production_uuid": production.uuid}
    return FinishProduction(**key, quantity=Decimal(quantity), **values)


def plan(production, **values):
    """Return what plans it from Monday till Tuesday, unless said otherwise."""
    defaults = {"starts_at": MONDAY, "ends_at": MONDAY + dt.timedelta(days=1)}
    return PlanProduction(production_uuid=production.uuid, **{**defaults, **values})
