"""A yard in a real Odoo: products, customers, trucks, and confirmed orders to deliver."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from odoo_bridge.client import Kind, OdooClient, external_id, load
from odoo_bridge.commands import (
    CollectPayment,
    CompleteDelivery,
    PlanDelivery,
    PlanRun,
    RefuseDelivery,
)

MODULE = "__yard__"
NOON = dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Sold:
    """A confirmed order with its one transfer, and the commands about it."""

    uuid: uuid.UUID
    order: int
    name: str
    picking: int
    customer: int
    currency: int
    total: Decimal

    def plan(self, run=None, at=NOON):
        return PlanDelivery(
            order_uuid=self.uuid,
            order_odoo_id=self.order,
            picking_odoo_id=self.picking,
            run_uuid=run,
            scheduled_at=at,
        )

    def complete(self, **values):
        defaults = {"delivery_uuid": uuid.uuid4(), "delivered_at": NOON, "driver": "Dale"}
        return CompleteDelivery(
            order_uuid=self.uuid,
            order_odoo_id=self.order,
            picking_odoo_id=self.picking,
            **{**defaults, **values},
        )

    def refuse(self, **values):
        defaults = {"delivery_uuid": uuid.uuid4(), "refused_at": NOON, "driver": "Dale"}
        return RefuseDelivery(
            order_uuid=self.uuid,
            order_odoo_id=self.order,
            picking_odoo_id=self.picking,
            **{**defaults, "reason": "Too wet <5", "goes_again": True, **values},
        )

    def collect(self, payment_uuid, amount=None):
        return CollectPayment(
            payment_uuid=payment_uuid,
            order_uuid=self.uuid,
            order_odoo_id=self.order,
            customer_odoo_id=self.customer,
            currency_odoo_id=self.currency,
            amount=self.total if amount is None else Decimal(amount),
            collected_on=NOON.date(),
            driver="Dale",
        )


@dataclass(frozen=True)
class Yard:
    """Words for what the tests do to Odoo; ``client`` is the administrator's."""

    client: OdooClient
    instance: str

    def rows(self, model, domain, *fields):
        return self.client.call(
            model,
            "search_read",
            kind=Kind.READ,
            domain=domain,
            fields=list(fields),
            order="id",
            load=None,
        )

    def row(self, model, odoo_id, *fields):
        [row] = self.rows(model, [["id", "=", odoo_id]], *fields)
        return row

    def do(self, model, method, ids, **params):
        return self.client.call(model, method, kind=Kind.WRITE_RECORDS, ids=ids, **params)

    def make(self, model, **values):
        [made] = self.client.call(model, "create", kind=Kind.WRITE, vals_list=[values])
        return made

    def product(self, **values):
        """Firewood at 100 without tax, invoiced when ordered."""
        defaults = {"name": "Oak", "type": "consu", "list_price": 100, "invoice_policy": "order"}
        return self.make("product.product", **{**defaults, "taxes_id": [[6, 0, []]], **values})

    @cached_property
    def oak(self):
        return self.product()

    @cached_property
    def oak_when_delivered(self):
        return self.product(invoice_policy="delivery")

    @cached_property
    def customer(self):
        return self.make("res.partner", name="Ann <Ashland>", phone="+16065550123")

    @cached_property
    def trucks(self):
        """Return two trucks, the second with a driver of its own."""
        brand = self.make("fleet.vehicle.model.brand", name="Mack")
        model = self.make("fleet.vehicle.model", name="Granite", brand_id=brand)
        driver = self.make("res.partner", name="Driver of the truck")
        return (
            self.make("fleet.vehicle", model_id=model, license_plate="T-1"),
            self.make("fleet.vehicle", model_id=model, license_plate="T-2", driver_id=driver),
        )

    def sold(self, count=1, *, product=None, quantity=4):
        """Sell and confirm so many orders, in two calls however many there are."""
        columns = ["id", "partner_id/.id", "order_line/id", "order_line/product_id/.id"]
        keys = [uuid.uuid4() for _ in range(count)]
        rows = [
            [f"{MODULE}.o_{k}", self.customer, f"{MODULE}.l_{k}", product or self.oak, quantity]
            for k in keys
        ]
        columns.append("order_line/product_uom_qty")
        ids = load(self.client, "sale.order", columns, rows, module=MODULE)
        self.do("sale.order", "action_confirm", ids)
        fields = ("name", "picking_ids", "currency_id", "amount_total")
        found = {row["id"]: row for row in self.rows("sale.order", [["id", "in", ids]], *fields)}
        return [
            Sold(
                uuid=key,
                order=odoo_id,
                name=found[odoo_id]["name"],
                picking=found[odoo_id]["picking_ids"][0],
                customer=self.customer,
                currency=found[odoo_id]["currency_id"],
                total=Decimal(str(found[odoo_id]["amount_total"])),
            )
            for key, odoo_id in zip(keys, ids, strict=True)
        ]

    def returned(self, quantity=4):
        """Await firewood that a customer sends back; return the transfer."""
        start, end = "default_location_src_id", "default_location_dest_id"
        kind = self.rows("stock.picking.type", [["code", "=", "incoming"]], start, end)[0]
        way = {"location_id": kind[start], "location_dest_id": kind[end]}
        picking = self.make(
            "stock.picking",
            partner_id=self.customer,
            picking_type_id=kind["id"],
            move_ids=[[0, 0, {"product_id": self.oak, "product_uom_qty": quantity, **way}]],
            **way,
        )
        self.do("stock.picking", "action_confirm", [picking])
        return picking

    def draft(self, sold):
        """Let a person make an invoice of the order, and return it."""
        wizard = self.make(
            "sale.advance.payment.inv",
            advance_payment_method="delivered",
            sale_order_ids=[[6, 0, [sold.order]]],
        )
        self.do("sale.advance.payment.inv", "create_invoices", [wizard])
        return self.invoices(sold)[-1]

    def refund(self, invoice):
        """Let a person draft a credit note of the whole invoice, and return its id."""
        journal = self.row("account.move", invoice, "journal_id")["journal_id"]
        [wizard] = self.client.call(
            "account.move.reversal",
            "create",
            kind=Kind.WRITE,
            vals_list=[{"journal_id": journal}],
            context={"active_model": "account.move", "active_ids": [invoice]},
        )
        return self.do("account.move.reversal", "refund_moves", [wizard])["res_id"]

    def bill(self, sold):
        """Give each order a posted invoice of its own."""
        wizard = self.make(
            "sale.advance.payment.inv",
            advance_payment_method="delivered",
            consolidated_billing=False,
            sale_order_ids=[[6, 0, [one.order for one in sold]]],
        )
        self.do("sale.advance.payment.inv", "create_invoices", [wizard])
        of_orders = [["line_ids.sale_line_ids.order_id", "in", [one.order for one in sold]]]
        invoices = self.rows("account.move", of_orders)
        self.do("account.move", "action_post", [row["id"] for row in invoices])

    def run(self, **values):
        defaults = {"run_uuid": uuid.uuid4(), "title": "Mon T-1 Dale", "starts_at": NOON}
        return PlanRun(**{**defaults, "vehicle_odoo_id": self.trucks[0], **values})

    def ours(self, kind, key):
        """Return the ids that Odoo keeps under an external id of the portal's."""
        module, _, name = external_id(self.instance, kind, key).partition(".")
        found = self.rows("ir.model.data", [["module", "=", module], ["name", "=", name]], "res_id")
        return [row["res_id"] for row in found]

    def batch(self, run):
        [batch] = self.ours("run", run)
        fields = ("state", "picking_ids", "vehicle_id", "driver_id", "scheduled_date")
        return self.row("stock.picking.batch", batch, "description", *fields)

    def picking(self, sold):
        return self.row("stock.picking", sold.picking, "state", "batch_id", "scheduled_date")

    def invoices(self, sold):
        [order] = self.rows("sale.order", [["id", "=", sold.order]], "invoice_ids")
        fields = ("state", "payment_state", "amount_total", "amount_residual", "invoice_date")
        return self.rows("account.move", [["id", "in", order["invoice_ids"]]], *fields)

    def payments(self, payment_uuid):
        """Return every payment that names the uuid, however it was made."""
        fields = ("state", "amount", "is_reconciled", "memo", "date", "journal_id", "partner_id")
        return self.rows("account.payment", [["memo", "like", str(payment_uuid)]], *fields)

    def notes(self, sold, text):
        domain = [
            ["model", "=", "sale.order"],
            ["res_id", "=", sold.order],
            ["body", "ilike", text],
        ]
        return self.rows("mail.message", domain, "body", "notification_ids", "author_id")

    def planned_once(self, sold, run):
        """Assert Odoo's own records: on the one batch of the run, at its time."""
        assert len(self.ours("run", run)) == 1
        assert self.batch(run)["picking_ids"] == [sold.picking]
        assert self.picking(sold)["scheduled_date"] == "2026-11-23 17:00:00"

    def delivered_once(self, sold):
        """Assert Odoo's own records: one done transfer, one posted invoice, one note."""
        assert self.picking(sold)["state"] == "done"
        [invoice] = self.invoices(sold)
        assert (invoice["state"], invoice["amount_total"]) == ("posted", sold.total)
        assert invoice["invoice_date"] == "2026-11-23"
        assert len(self.notes(sold, "Delivered by")) == 1

    def paid_once(self, sold, payment_uuid):
        """Assert Odoo's own records: one posted payment that paid the invoice, one note."""
        [payment] = self.payments(payment_uuid)
        assert payment["state"] in {"in_process", "paid"}
        assert payment["is_reconciled"]
        assert [row["amount_residual"] for row in self.invoices(sold)] == [0]
        assert len(self.notes(sold, "collected by")) == 1
