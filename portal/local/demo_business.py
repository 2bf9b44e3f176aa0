"""Fills an Odoo database with the demo business, over the same API that the portal uses."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import requests

from portal.local.demo_data import (
    CUSTOMERS,
    DRIVERS,
    PRODUCTS,
    TOWNS,
    TRUCKS,
    Customer,
    Product,
    due,
    email,
    phone,
    slug,
)

MODULE = "__yardmaster_demo__"
# Insert if absent, else leave as it is: what a person changed in Odoo stays changed.
CREATE_ONLY = {
    "module": MODULE,
    "mode": "update",
    "noupdate": True,
    "tz": "UTC",
    "tracking_disable": True,
}
NEW_HAMPSHIRE = "base.state_us_24"
PAY_NOW = "account.account_payment_term_immediate"
PAY_IN_30_DAYS = "account.account_payment_term_30days"
PIECES, ODOOS_PIECES = "Units", "uom.product_uom_unit"
GOODS = ("type", "is_storable", "invoice_policy")
AMOUNTS = ("list_price", "standard_price", "weight", "volume")


class DemoFailed(Exception):
    """Odoo did not do what the demo needs; the message is Odoo's."""


@dataclass(frozen=True)
class DemoBusiness:
    """The ids in Odoo of what the demo consists of."""

    orders: list[int]
    pickings: list[int]
    trucks: list[int]
    employees: list[int]


@dataclass(frozen=True)
class Json2:
    """Calls to one database of one Odoo."""

    url: str
    database: str
    key: str

    def call(self, model: str, method: str, **params: Any) -> Any:
        """Return what the method returned.

        :raises DemoFailed: Odoo said no, or nothing.
        """
        headers = {"Authorization": f"bearer {self.key}", "X-Odoo-Database": self.database}
        # requests sets a Content-Length; without one Odoo would not read the parameters.
        address = f"{self.url}/json/2/{model}/{method}"
        try:
            answer = requests.post(address, json=params, headers=headers, timeout=60)
        except requests.RequestException as exc:
            raise DemoFailed(f"{self.url} does not answer ({type(exc).__name__})") from exc
        if not answer.ok:
            is_json = answer.headers.get("Content-Type", "").startswith("application/json")
            said = answer.json().get("message") if is_json else answer.reason
            raise DemoFailed(f"{model}.{method}: {answer.status_code} {said}")
        return answer.json()

    def load(self, model: str, fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[int]:
        """Create the rows that are not there yet, by external id, and return the ids of all.

        :raises DemoFailed: a row was refused; then none was created.
        """
        answer = self.call(
            model,
            "load",
            fields=list(fields),
            data=[list(row) for row in rows],
            context=CREATE_ONLY,
        )
        if not answer["ids"]:
            raise DemoFailed(f"{model}: {answer['messages']}")
        return list(answer["ids"])


def make_demo_business(*, url: str, database: str, admin_key: str, today: dt.date) -> DemoBusiness:
    """Make the demo business in an Odoo database; again does nothing that is done.

    :raises DemoFailed: Odoo said no, or an order's delivery could not be reserved.
    """
    odoo = Json2(url=url.rstrip("/"), database=database, key=admin_key)
    _units(odoo)
    _products(odoo)
    _customers(odoo)
    employees = _drivers(odoo)
    trucks = _trucks(odoo)
    orders = _orders(odoo, today)
    return DemoBusiness(
        orders=orders, pickings=_reserved(odoo, orders), trucks=trucks, employees=employees
    )


def _units(odoo: Json2) -> None:
    """Make those that Odoo does not bring along; each is a measure of its own."""
    ours = sorted({one.unit for one in PRODUCTS} - {PIECES})
    odoo.load("uom.uom", ("id", "name"), ((_xid("unit", name), name) for name in ours))


def _products(odoo: Json2) -> None:
    goods = ("consu", "1", "delivery")
    ids = odoo.load(
        "product.product",
        ("id", "name", "default_code", "uom_id/id", *GOODS, *AMOUNTS),
        (
            (_xid("product", one.code), one.name, one.code, _unit(one), *goods, *_amounts(one))
            for one in PRODUCTS
        ),
    )
    _stock(odoo, dict(zip(ids, (product.stock for product in PRODUCTS), strict=True)))


def _unit(product: Product) -> str:
    return ODOOS_PIECES if product.unit == PIECES else _xid("unit", product.unit)


def _amounts(product: Product) -> tuple[float, ...]:
    return (product.price, product.cost, product.weight, product.volume)


def _stock(odoo: Json2, wanted: dict[int, int]) -> None:
    """Count each product once. Quants have no external ids: Odoo merges them behind our back."""
    [warehouse] = odoo.call(
        "stock.warehouse", "search_read", domain=[], fields=["lot_stock_id"], limit=1, order="id"
    )
    location = warehouse["lot_stock_id"][0]
    domain = [["location_id", "=", location], ["product_id", "in", list(wanted)]]
    counted = odoo.call("stock.quant", "search_read", domain=domain, fields=["product_id"])
    missing = set(wanted) - {quant["product_id"][0] for quant in counted}
    if not missing:
        return
    quants = odoo.call(
        "stock.quant",
        "create",
        vals_list=[
            {"product_id": id_, "location_id": location, "inventory_quantity": wanted[id_]}
            for id_ in sorted(missing)
        ],
        context={"inventory_mode": True},
    )
    odoo.call("stock.quant", "action_apply_inventory", ids=quants)


def _customers(odoo: Json2) -> None:
    fields = ("id", "name", "is_company", "street", "city", "zip", "state_id/id", "country_id/id")
    more = ("phone", "email", "partner_latitude", "partner_longitude")
    odoo.load("res.partner", fields + more, (_customer(n, one) for n, one in enumerate(CUSTOMERS)))


def _customer(n: int, one: Customer) -> tuple[Any, ...]:
    town = TOWNS[one.town]
    # Spread around the town's middle: neighbours must not lie on one point of the map.
    east, north = (n * 37 % 11 - 5) / 500, (n * 23 % 13 - 6) / 500
    company = "1" if one.pays_in_30_days else "0"
    where = (one.street, one.town, town.zip, NEW_HAMPSHIRE, "base.us")
    place = (round(town.latitude + north, 5), round(town.longitude + east, 5))
    return (_xid("partner", one.name), one.name, company, *where, phone(n), email(one.name), *place)


def _drivers(odoo: Json2) -> list[int]:
    odoo.load(
        "res.partner",
        ("id", "name", "phone"),
        ((_xid("driver", driver.name), driver.name, driver.phone) for driver in DRIVERS),
    )
    return odoo.load(
        "hr.employee",
        ("id", "name", "job_title", "work_phone", "work_contact_id/id"),
        (
            (_xid("employee", one.name), one.name, "Driver", one.phone, _xid("driver", one.name))
            for one in DRIVERS
        ),
    )


def _trucks(odoo: Json2) -> list[int]:
    odoo.load(
        "fleet.vehicle.model.brand",
        ("id", "name"),
        ((_xid("brand", truck.brand), truck.brand) for truck in TRUCKS),
    )
    odoo.load(
        "fleet.vehicle.model.category",
        ("id", "name", "weight_capacity", "volume_capacity"),
        ((_xid("category", one.model), one.model, one.weight, one.volume) for one in TRUCKS),
    )
    kind = "car"  # all that Odoo knows besides bikes
    odoo.load(
        "fleet.vehicle.model",
        ("id", "name", "vehicle_type", "brand_id/id", "category_id/id"),
        (
            (_xid("model", model), model, kind, _xid("brand", brand), _xid("category", model))
            for model, brand in ((truck.model, truck.brand) for truck in TRUCKS)
        ),
    )
    drivers = {driver.plate: _xid("driver", driver.name) for driver in DRIVERS}
    return odoo.load(
        "fleet.vehicle",
        ("id", "license_plate", "model_id/id", "driver_id/id"),
        (
            (_xid("truck", plate), plate, _xid("model", model), drivers.get(plate, ""))
            for plate, model in ((truck.plate, truck.model) for truck in TRUCKS)
        ),
    )


def _orders(odoo: Json2, today: dt.date) -> list[int]:
    """Make and confirm one order for each customer, due over the coming days."""
    fields = ("id", "partner_id/id", "payment_term_id/id", "commitment_date")
    lines = ("order_line/id", "order_line/product_id/id", "order_line/product_uom_qty")
    rows: list[tuple[Any, ...]] = []
    for n, one in enumerate(CUSTOMERS):
        terms = PAY_IN_30_DAYS if one.pays_in_30_days else PAY_NOW
        order = _xid("order", one.name)
        head: tuple[Any, ...] = (order, _xid("partner", one.name), terms, due(n, today))
        for code, quantity in one.lines:
            line = f"{order}_{slug(code)}"
            rows.append((*head, line, _xid("product", code), quantity))
            head = ("", "", "", "")  # a row without a head is one more line of the order above
    orders = odoo.load("sale.order", fields + lines, rows)
    drafts = odoo.call(
        "sale.order", "search", domain=[["id", "in", orders], ["state", "in", ["draft", "sent"]]]
    )
    if drafts:
        odoo.call("sale.order", "action_confirm", ids=drafts)
    return orders


def _reserved(odoo: Json2, orders: list[int]) -> list[int]:
    """Return the orders' deliveries, after seeing that the goods for each are set aside."""
    domain = [["sale_id", "in", orders], ["picking_type_code", "=", "outgoing"]]
    waiting = [*domain, ["state", "in", ["confirmed", "waiting"]]]
    if late := odoo.call("stock.picking", "search", domain=waiting):
        odoo.call("stock.picking", "action_assign", ids=late)
    pickings = odoo.call("stock.picking", "search_read", domain=domain, fields=["sale_id", "state"])
    ready = {one["sale_id"][0] for one in pickings if one["state"] in ("assigned", "done")}
    if missing := set(orders) - ready:
        raise DemoFailed(f"orders without a delivery that could start: {sorted(missing)}")
    return [one["id"] for one in pickings]


def _xid(kind: str, name: str) -> str:
    return f"{MODULE}.{kind}_{slug(name)}"
