"""The demo business without an Odoo: its rows as Odoo would give them, for the portal's mirrors."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

import psycopg

from odoo_bridge.sample import SAMPLE_FROM
from portal.local.business_day import business_day
from portal.local.demo_data import CUSTOMERS, DRIVERS, PRODUCTS, TOWNS, TRUCKS, due, email, phone
from portal.local.portal_manage import CommandFailed, manage
from portal.local.ports import NotReady
from portal.local.progress import say

Rows = list[dict[str, Any]]
DOLLAR, NEW_HAMPSHIRE = SAMPLE_FROM, SAMPLE_FROM
PAY_NOW, PAY_IN_30_DAYS = SAMPLE_FROM, SAMPLE_FROM + 1
FIRST_DRIVER = len(CUSTOMERS)  # drivers follow the customers among the partners
EMPLOYEES = [SAMPLE_FROM + n for n in range(len(DRIVERS))]
HOLDS = "SELECT EXISTS (SELECT 1 FROM odoo_bridge_partner WHERE odoo_id >= %s)"


def holds_sample(env: Mapping[str, str]) -> bool:
    """Say whether the portal's database holds sample data. Asked of it: that starts no process."""
    with psycopg.connect(env["DATABASE_URL"]) as connection:
        row = connection.execute(HOLDS, [SAMPLE_FROM]).fetchone()
    return bool(row and row[0])


def refuse_beside_odoo(env: Mapping[str, str]) -> None:
    """Let an Odoo in only where no sample data is.

    :raises NotReady: there is some; the sentence says what to do.
    """
    if holds_sample(env):
        raise NotReady(
            "There is an Odoo now, but this demo holds sample data from a start without one, and"
            " the two must not mix: run `make clean`, and `make demo` again."
        )


def fill(env: Mapping[str, str]) -> list[int]:
    """Store the demo business in the portal's mirrors, once; return the drivers' employee ids.

    A portal that holds real records keeps them, and them alone.
    """
    if not holds_sample(env):
        say("sample customers, stock, trucks, drivers and orders in the portal itself")
        try:
            manage(["sample_mirrors"], env=env, line=json.dumps(sample_tables(business_day())))
        except CommandFailed as exc:
            say(f"no sample data: {exc}")
            return []
    return EMPLOYEES


def sample_tables(today: dt.date) -> dict[str, Rows]:
    """Return the rows of the demo business by Odoo's name of their model."""
    lines = _lines()
    return {
        "res.currency": [{"id": DOLLAR, "name": "USD", "symbol": "$"}],
        "res.country.state": [{"id": NEW_HAMPSHIRE, "name": "New Hampshire", "code": "NH"}],
        "res.partner": [*_customers(), *_drivers()],
        "product.product": _products(),
        "account.payment.term": [
            {"id": PAY_NOW, "name": "Immediate Payment"},
            {"id": PAY_IN_30_DAYS, "name": "30 Days"},
        ],
        "account.payment.term.line": [
            {"id": term, "payment_id": term, "nb_days": days, "delay_type": "days_after"}
            for term, days in ((PAY_NOW, 0), (PAY_IN_30_DAYS, 30))
        ],
        "sale.order": _orders(lines, today),
        "sale.order.line": lines,
        "stock.picking": _pickings(lines, today),
        "stock.move": [_move(line) for line in lines],
        "fleet.vehicle.model.category": _numbered(
            {
                "name": one.model,
                "weight_capacity": one.weight,
                "volume_capacity": one.volume,
            }
            for one in TRUCKS
        ),
        "fleet.vehicle": _trucks(),
        "hr.employee.public": _employees(),
    }


def _numbered(rows: Iterable[dict[str, Any]]) -> Rows:
    return [{"id": SAMPLE_FROM + n, **row} for n, row in enumerate(rows)]


def _products() -> Rows:
    return _numbered(
        {
            "name": one.name,
            "default_code": one.code,
            "type": "consu",
            "weight": one.weight,
            "volume": one.volume,
            "uom_name": one.unit,
            "uom_id": 1,
            "purchase_ok": True,
            "active": True,
        }
        for one in PRODUCTS
    )


def _customers() -> Rows:
    return _numbered(
        {
            "name": one.name,
            "is_company": one.pays_in_30_days,
            "phone": phone(n),
            "email": email(one.name),
            "street": one.street,
            "city": one.town,
            "zip": TOWNS[one.town].zip,
            "state_id": NEW_HAMPSHIRE,
            "active": True,
        }
        for n, one in enumerate(CUSTOMERS)
    )


def _driver(n: int) -> int:
    return SAMPLE_FROM + FIRST_DRIVER + n


def _drivers() -> Rows:
    return [
        {"id": _driver(n), "name": one.name, "phone": one.phone, "active": True}
        for n, one in enumerate(DRIVERS)
    ]


def _employees() -> Rows:
    return [
        {
            "id": EMPLOYEES[n],
            "name": one.name,
            "work_phone": one.phone,
            "work_contact_id": _driver(n),
            "active": True,
        }
        for n, one in enumerate(DRIVERS)
    ]


def _trucks() -> Rows:
    usual = {one.plate: _driver(n) for n, one in enumerate(DRIVERS)}
    return _numbered(
        {
            "name": f"{one.brand}/{one.model}/{one.plate}",
            "license_plate": one.plate,
            "category_id": SAMPLE_FROM + n,
            "driver_id": usual.get(one.plate, False),
            "active": True,
        }
        for n, one in enumerate(TRUCKS)
    )


def _orders(lines: Rows, today: dt.date) -> Rows:
    """One order for each customer, who has the same number."""
    return _numbered(
        {
            "name": f"S{n + 1:05}",
            "state": "sale",
            "partner_id": SAMPLE_FROM + n,
            "partner_shipping_id": SAMPLE_FROM + n,
            "date_order": f"{today} 12:00:00",
            "commitment_date": due(n, today),
            "amount_total": sum(line["price_total"] for line in _of(lines, n)),
            "currency_id": DOLLAR,
            "payment_term_id": PAY_IN_30_DAYS if one.pays_in_30_days else PAY_NOW,
            "invoice_status": "no",
            "order_line": [line["id"] for line in _of(lines, n)],
        }
        for n, one in enumerate(CUSTOMERS)
    )


def _lines() -> Rows:
    goods = {one.code: (SAMPLE_FROM + n, one) for n, one in enumerate(PRODUCTS)}
    return _numbered(
        {
            "order_id": SAMPLE_FROM + n,
            "product_id": goods[code][0],
            "name": goods[code][1].name,
            "product_uom_qty": quantity,
            "price_total": goods[code][1].price * quantity,
            "sequence": 10,
        }
        for n, one in enumerate(CUSTOMERS)
        for code, quantity in one.lines
    )


def _of(lines: Rows, n: int) -> Rows:
    return [line for line in lines if line["order_id"] == SAMPLE_FROM + n]


def _pickings(lines: Rows, today: dt.date) -> Rows:
    """One delivery for each order, of the same number."""
    return _numbered(
        {
            "name": f"WH/OUT/{n + 1:05}",
            "state": "assigned",
            "picking_type_code": "outgoing",
            "sale_id": SAMPLE_FROM + n,
            "partner_id": SAMPLE_FROM + n,
            "scheduled_date": due(n, today),
            "move_ids": [line["id"] for line in _of(lines, n)],
        }
        for n in range(len(CUSTOMERS))
    )


def _move(line: dict[str, Any]) -> dict[str, Any]:
    """The move of an order's line has the same number."""
    return {
        "id": line["id"],
        "picking_id": line["order_id"],
        "product_id": line["product_id"],
        "sale_line_id": line["id"],
        "product_uom_qty": line["product_uom_qty"],
        "quantity": line["product_uom_qty"],
        "state": "assigned",
    }
