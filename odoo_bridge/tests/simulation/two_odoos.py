"""The small Odoo and a real one, with the same words for what a test does to them."""

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.utils import timezone

from odoo_bridge.client import Kind, OdooClient, OdooError, OdooOverloaded
from odoo_bridge.tests.client.real import load_leads
from odoo_bridge.tests.simulation.small_odoo import SmallOdoo, Transaction
from odoo_bridge.tests.simulation.small_transport import client_of, execute, serve

SENDERS = 4


@dataclass
class Small:
    """The model."""

    odoo: SmallOdoo = field(default_factory=lambda: SmallOdoo(timezone.now))

    @property
    def client(self) -> OdooClient:
        return client_of(lambda request: serve(self.odoo, request))

    def begin(self, ago: dt.timedelta) -> Transaction:
        """Begin a transaction, as if a while ago."""
        change = self.odoo.begin()
        change.began -= ago
        return change

    def write(self, change: Transaction, lead: int, name: str) -> None:
        change.write("crm.lead", lead, {"name": name})

    def commit(self, change: Transaction) -> None:
        change.commit()

    def race(self, key: str) -> list[Any]:
        """Load one external id while another transaction is loading it; return all outcomes."""
        begun: list[Transaction] = []

        def hold(request: Any) -> Any:
            answer, change = execute(self.odoo, request)
            assert change is not None
            begun.append(change)
            return answer

        first = load_leads(client_of(hold), [key, f"Race for {key}"])
        outcomes = [first, outcome(self.client, key)]
        begun[0].commit()
        return outcomes

    def write_beside(self, change: Transaction, lead: int, name: str) -> None:
        """Write to a record that an open transaction has changed, until it is accepted."""
        try:
            write_name(self.client, lead, name)
        except OdooOverloaded:
            change.commit()
            write_name(self.client, lead, name)
        else:
            raise AssertionError("the model let two write at once")


@dataclass
class Real:
    """An Odoo 19, and a session on its database."""

    client: OdooClient
    url: str

    def begin(self, ago: dt.timedelta) -> Any:
        session = psycopg.connect(self.url)
        session.execute("select set_config('small.ago', %s, false)", [str(ago.total_seconds())])
        return session

    def write(self, session: Any, lead: int, name: str) -> None:
        """Write as the ORM does it, with the time at which the transaction began."""
        session.execute(
            "update crm_lead set name = %s, write_date = now() at time zone 'utc'"
            " - current_setting('small.ago')::float * interval '1 second' where id = %s",
            [name, lead],
        )

    def commit(self, session: Any) -> None:
        session.commit()
        session.close()

    def race(self, key: str) -> list[Any]:
        start = threading.Barrier(SENDERS)

        def send(_number: int) -> Any:
            start.wait()
            return outcome(self.client, key)

        with ThreadPoolExecutor(SENDERS) as pool:
            return list(pool.map(send, range(SENDERS)))

    def write_beside(self, session: Any, lead: int, name: str) -> None:
        with ThreadPoolExecutor(1) as pool:
            written = pool.submit(write_name, self.client, lead, name)
            time.sleep(0.5)
            assert not written.done()
            self.commit(session)
            written.result()


def outcome(client: OdooClient, key: str) -> Any:
    """Return the ids, or why there are none."""
    try:
        return load_leads(client, [key, f"Race for {key}"])
    except OdooError as lost:
        return lost


def write_name(client: OdooClient, lead: int, name: str) -> None:
    """Write a lead's name through the API."""
    client.call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[lead], vals={"name": name})
