"""What the story needs in Odoo: a truck, its driver, and an order that somebody confirms."""

import uuid
from dataclasses import dataclass
from typing import Any

from odoo_bridge.client import Kind, OdooClient


@dataclass(frozen=True)
class Yard:
    """The ids in Odoo."""

    vehicle: int
    driver: int
    employee: int
    plate: str


@dataclass(frozen=True)
class Sale:
    """A confirmed order of 412 dollars for two cords of oak."""

    order: int
    name: str
    customer: str


def create(odoo: OdooClient, model: str, **values: Any) -> int:
    """Make one record, as a person in Odoo would."""
    [made] = create_all(odoo, model, [values])
    return made


def create_all(odoo: OdooClient, model: str, rows: list[dict[str, Any]]) -> list[int]:
    """Make these records; their ids, in the same order."""
    made: list[int] = odoo.call(model, "create", kind=Kind.WRITE, vals_list=rows)
    return made


def make_yard(odoo: OdooClient) -> Yard:
    """Make a truck that carries 5 t, and the employee who drives it."""
    plate = f"T {uuid.uuid4().hex[:6]}"
    kind = create(
        odoo,
        "fleet.vehicle.model.category",
        name=f"Dump {plate}",
        weight_capacity=5000,
        volume_capacity=8,
    )
    brand = create(odoo, "fleet.vehicle.model.brand", name=f"Ford {plate}")
    model = create(odoo, "fleet.vehicle.model", name="F-650", brand_id=brand, category_id=kind)
    driver = create(odoo, "res.partner", name=f"Walt {plate}")
    employee = create(odoo, "hr.employee", name=f"Walt {plate}", work_contact_id=driver)
    vehicle = create(odoo, "fleet.vehicle", model_id=model, license_plate=plate, driver_id=driver)
    return Yard(vehicle=vehicle, driver=driver, employee=employee, plate=plate)


def confirm_order(odoo: OdooClient) -> Sale:
    """Let somebody sell two cords in Odoo, invoiced when they are delivered, paid at once."""
    [sale] = confirm_orders(odoo, 1)
    return sale


def confirm_orders(odoo: OdooClient, number: int) -> list[Sale]:
    """Let that be sold to so many customers."""
    names = [f"Maria {uuid.uuid4().hex[:8]}" for _ in range(number)]
    address = {"street": "118 Hickory Rd", "city": "Ashland", "zip": "41101"}
    customers = create_all(odoo, "res.partner", [{"name": name, **address} for name in names])
    product = create(
        odoo,
        "product.product",
        name="Oak, seasoned",
        type="consu",
        list_price=206,
        taxes_id=[],
        invoice_policy="delivery",
    )
    lines = [[0, 0, {"product_id": product, "product_uom_qty": 2}]]
    order = {"payment_term_id": False, "order_line": lines}
    orders = create_all(odoo, "sale.order", [{"partner_id": one, **order} for one in customers])
    odoo.call("sale.order", "action_confirm", kind=Kind.WRITE_RECORDS, ids=orders)
    rows = read(odoo, "sale.order", orders, "name")
    return [
        Sale(order=row["id"], name=row["name"], customer=name)
        for row, name in zip(rows, names, strict=True)
    ]


def read(odoo: OdooClient, model: str, ids: list[int], *fields: str) -> list[dict[str, Any]]:
    """Return the records as Odoo has them."""
    rows: list[dict[str, Any]] = odoo.call(
        model, "read", kind=Kind.READ_RECORDS, ids=ids, fields=list(fields), load=None
    )
    return rows


def find(odoo: OdooClient, model: str, domain: list[Any], *fields: str) -> list[dict[str, Any]]:
    """Return the records that match, as Odoo has them."""
    rows: list[dict[str, Any]] = odoo.call(
        model, "search_read", kind=Kind.READ, domain=domain, fields=list(fields), load=None
    )
    return rows
