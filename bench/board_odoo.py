"""Odoo's own board of deliveries: the calls that its client makes to open it."""

import re
from typing import Any

import psycopg

from bench.board_data import SHOWN
from bench.orders_in_odoo import MODEL_ORDER, clone, one
from odoo_bridge.client import Kind
from portal.local import postgres
from portal.testing.real_odoo import OdooDatabase

MODEL = "stock.picking"
GROUPED = 80  # records that Odoo's kanban reads
VIEWS = [[False, "kanban"], [False, "search"], [False, "list"]]
MINE = [["name", "like", "WH/BENCH/"]]


def fill(odoo: OdooDatabase) -> None:
    """Add ``SHOWN`` customers with an order and a delivery each, over seven days."""
    url = postgres.ensure_running().url_for(odoo.database, role=postgres.ODOO_ROLE)
    ready = "state = 'assigned' and sale_id is not null"
    with psycopg.connect(url) as session:
        order, partner = one(
            session, f"select id, partner_id from sale_order where name = '{MODEL_ORDER}'"
        )
        [picking] = one(session, f"select min(id) from stock_picking where {ready}")
        [move] = one(session, f"select min(id) from stock_move where picking_id = {picking}")
        clone(session, "res_partner", partner, SHOWN, name="'Customer ' || n")
        customer = _nth(session, "res_partner")
        clone(session, "sale_order", order, SHOWN, name="'B' || n", partner_id=customer)
        clone(
            *(session, "stock_picking", picking, SHOWN),
            name="'WH/BENCH/' || n",
            partner_id=customer,
            sale_id=_nth(session, "sale_order"),
            scheduled_date="scheduled_date + n % 7 * interval '1 day'",
        )
        clone(session, "stock_move", move, SHOWN, picking_id=_nth(session, "stock_picking"))
        session.execute("analyze")


def _nth(session: "psycopg.Connection[tuple[int, ...]]", table: str) -> str:
    [last] = one(session, f"select max(id) from {table}")
    return f"{last} - {SHOWN} + n"


class OdooBoard:
    """What Odoo's client asks to show deliveries by day, as cards."""

    def __init__(self, odoo: OdooDatabase) -> None:
        self.client = odoo.client()
        views = self.views()
        kanban = views["views"]["kanban"]["arch"]
        names = sorted(set(re.findall(r'<field name="(\w+)"', kanban)))
        fields = views["models"][MODEL]["fields"]
        self.card: dict[str, Any] = {
            name: {"fields": {"display_name": {}}} if fields[name]["type"] == "many2one" else {}
            for name in names
        }
        groups = self.groups()["groups"]
        found = sum(len(group["__records"]) for group in groups)
        assert found >= GROUPED, f"Odoo shows {found} cards"

    def all_three(self) -> None:
        """Open the board as its client does."""
        self.views()
        self.groups()
        self.records()

    def views(self) -> Any:
        """Ask for the views."""
        return self._read("get_views", views=VIEWS, options={})

    def groups(self) -> Any:
        """Ask for the columns with their cards."""
        return self._read(
            "web_read_group",
            domain=MINE,
            groupby=["scheduled_date:day"],
            aggregates=["__count"],
            auto_unfold=True,
            unfold_read_specification=self.card,
            unfold_read_default_limit=GROUPED // 7 + 1,
        )

    def records(self) -> Any:
        """Ask for the cards alone."""
        return self._read("web_search_read", domain=MINE, specification=self.card, limit=GROUPED)

    def _read(self, method: str, **asked: Any) -> Any:
        return self.client.call(MODEL, method, kind=Kind.READ, **asked)
