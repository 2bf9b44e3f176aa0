"""The ways to read the same fields of the same records out of Odoo."""

import xmlrpc.client
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import odoolib
import odooly
import odoorpc
from django.db import connection

from bench.pairs import seconds_of
from odoo_bridge.client import Kind, pages
from odoo_bridge.models import PollCursor
from odoo_bridge.sync import specs
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.pace import FAST_PAGE
from odoo_bridge.sync.poll import poll

SPECS = (specs.PARTNER, specs.SALE_ORDER, specs.SALE_ORDER_LINE)
LOGIN = "admin"
Rows = list[dict[str, Any]]
ReadPage = Callable[[str, list[Any], list[str]], Rows]


class Ways:
    """Each reads all partners, orders and lines, in pages of one size; ``records`` is how many."""

    def __init__(self, odoo: Any) -> None:
        self.odoo, self.client = odoo, odoo.client()
        self.records = sum(self.number(spec) for spec in SPECS)

    def number(self, spec: MirrorSpec) -> int:
        """Return how many records Odoo has for a mirror."""
        count: int = self.client.call(
            spec.odoo_model,
            "search_count",
            kind=Kind.READ,
            domain=spec.domain,
            context={"active_test": False},
        )
        return count

    def warm_up(self) -> None:
        """Let Odoo and PostgreSQL load what they keep in memory."""
        self.raw()
        self.ours()

    def ours(self) -> float:
        """Load empty mirrors in fast mode; return the seconds, having counted what is there."""
        self.empty()
        seconds = seconds_of(lambda: [poll(spec, self.client, fast=True) for spec in SPECS])
        self.check()
        return seconds

    def politely(self) -> None:
        """Load empty mirrors as it is done by default."""
        for spec in SPECS:
            poll(spec, self.client)
        self.check()
        connection.close()

    def empty(self) -> None:
        """Forget all that was read."""
        tables = ", ".join(spec.model._meta.db_table for spec in SPECS)
        with connection.cursor() as cursor:
            cursor.execute(f"truncate {tables} cascade")
        PollCursor.objects.all().delete()

    def check(self) -> None:
        """See to it that all records are there, with what they point at."""
        for spec in SPECS:
            assert spec.model.objects.count() == self.number(spec), spec.name
        assert not specs.SALE_ORDER_LINE.model.objects.filter(order=None).exists()

    def raw(self) -> None:
        """Read the pages, and throw them away."""
        for spec in SPECS:
            for _page in pages(
                self.client, spec.odoo_model, spec.odoo_fields, domain=spec.domain, limit=FAST_PAGE
            ):
                pass

    def list_of_odoo(self) -> None:
        """Do what Odoo's own list of orders does."""
        names = ("name", "date_order", "partner_id", "amount_total", "state")
        fields: dict[str, Any] = {name: {} for name in names}
        fields["partner_id"] = {"fields": {"display_name": {}}}
        self.client.call(
            "sale.order",
            "web_search_read",
            kind=Kind.READ,
            domain=[],
            specification=fields,
            limit=80,
            order="date_order desc, id desc",
        )

    def read_by(self, read: ReadPage) -> None:
        """Read all pages by another client, by rising id as we do."""
        found = 0
        for spec in SPECS:
            last, rows = 0, [{}] * FAST_PAGE
            while len(rows) == FAST_PAGE:
                rows = read(
                    spec.odoo_model, [*spec.domain, ["id", ">", last]], list(spec.odoo_fields)
                )
                found += len(rows)
                last = rows[-1]["id"] if rows else last
        assert found == self.records, (found, self.records)

    def odoorpc(self) -> None:
        """OdooRPC, over JSON-RPC."""
        at = urlsplit(self.odoo.url)
        session = odoorpc.ODOO(at.hostname, port=at.port, timeout=300)
        session.login(self.odoo.database, LOGIN, LOGIN)
        self.read_by(lambda model, domain, names: session.execute_kw(*asked(model, domain, names)))

    def xmlrpc(self) -> None:
        """Python's own client of XML-RPC, as older integrations have it."""
        key, base = self.odoo.admin_key, self.odoo.url
        common = xmlrpc.client.ServerProxy(f"{base}/xmlrpc/2/common")
        user = common.authenticate(self.odoo.database, LOGIN, key, {})
        models = xmlrpc.client.ServerProxy(f"{base}/xmlrpc/2/object", allow_none=True)
        self.read_by(
            lambda model, domain, names: models.execute_kw(
                self.odoo.database, user, key, *asked(model, domain, names)
            )
        )

    def odoolib(self) -> None:
        """Odoo's client library, over JSON-2."""
        at = urlsplit(self.odoo.url)
        session = odoolib.get_connection(
            hostname=at.hostname,
            protocol="json2",
            port=at.port,
            database=self.odoo.database,
            password=self.odoo.admin_key,
        )

        def read(model: str, domain: list[Any], names: list[str]) -> Rows:
            _model, method, _args, words = asked(model, domain, names)
            rows: Rows = getattr(session.get_model(model), method)(domain=domain, **words)
            return rows

        self.read_by(read)

    def odooly(self) -> None:
        """Odooly, with an API key."""
        session = odooly.Client(
            self.odoo.url, self.odoo.database, LOGIN, api_key=self.odoo.admin_key
        )

        def read(model: str, domain: list[Any], names: list[str]) -> Rows:
            _model, method, _args, words = asked(model, domain, names)
            env = session.env(context=words.pop("context"))
            rows: Rows = env.execute(model, method, domain, **words)
            return rows

        self.read_by(read)


def asked(
    model: str, domain: list[Any], names: list[str]
) -> tuple[str, str, list[Any], dict[str, Any]]:
    """Return what is asked for: model, method, its list, and its names."""
    words = {
        "fields": names,
        "limit": FAST_PAGE,
        "order": "id",
        "context": {"active_test": False},
    }
    return model, "search_read", [domain], words
