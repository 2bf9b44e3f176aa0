"""Odoo for the demo: a database of its own with the demo business in it, made once.

Runs as a process of its own (``python -m portal.local demo-odoo``): it may take minutes, and
Ctrl-C must be able to end it with all that it has called.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from portal.local import odoo, postgres, processes
from portal.local.business_day import business_day
from portal.local.demo_business import DemoFailed, Json2, make_demo_business
from portal.local.odoo_config import filestore
from portal.local.odoo_package import OdooNotAvailable
from portal.local.paths import ROOT, STATE
from portal.local.private_files import write_private
from portal.local.progress import STARTED, STARTED_NAME, say

DATABASE = "odoo_demo"
RESULT = STATE / "demo_odoo.json"


@dataclass(frozen=True)
class DemoOdoo:
    """The demo's Odoo: where it is, and the drivers' employee ids in it.

    ``is_ours`` says that it was set up here, with the log-in admin and the password admin.
    """

    url: str
    database: str
    admin_key: str
    is_ours: bool
    employees: list[int]


def result(path: Path = RESULT) -> DemoOdoo | None:
    """Return what the last preparation found, or None."""
    return DemoOdoo(**json.loads(path.read_text())) if path.exists() else None


@contextmanager
def getting_ready() -> Iterator[subprocess.Popen[bytes]]:
    """Prepare Odoo while the block runs; end the preparation if the block ends before it."""
    preparation = subprocess.Popen(
        [sys.executable, "-m", "portal.local", "demo-odoo"],
        cwd=ROOT,
        env={**os.environ, STARTED_NAME: str(STARTED)},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield preparation
    finally:
        if child := processes.child_from_pid(preparation.pid):
            processes.end(child)
        preparation.wait()


def outcome(preparation: subprocess.Popen[bytes]) -> DemoOdoo | None:
    """Wait for the preparation and return what it found; None, said aloud, if there is no Odoo."""
    if preparation.wait() == 0:
        return result()
    say("going on without Odoo: what is changed in the portal waits in its outbox")
    return None


def prepare() -> None:
    """Make Odoo ready, with the demo business in its database, and keep where it is.

    :raises OdooNotAvailable: there is no Odoo, or it did not take the demo business.
    """
    server = odoo.ensure_running()
    is_ours = odoo.outside() is None
    if not is_ours and not server.database:
        raise OdooNotAvailable("ODOO_URL is set but ODOO_DB is not")
    database = _own_database() if is_ours else server.database
    found = DemoOdoo(server.url, database, server.admin_key, is_ours, [])
    employees = _known_employees(found) or _business(found)
    write_private(RESULT, json.dumps({**asdict(found), "employees": employees}))


def _known_employees(found: DemoOdoo) -> list[int]:
    """Return the ids kept from an earlier start; those of another database mean nothing here."""
    known = result()
    same = known is not None and (known.is_ours, known.database) == (found.is_ours, found.database)
    return known.employees if known and same else []


def _own_database() -> str:
    # Without its attachments a copy was interrupted, and no server has seen it.
    if postgres.database_exists(DATABASE) and not filestore(DATABASE).exists():
        odoo.drop_database(DATABASE)
    if not postgres.database_exists(DATABASE):
        say("Odoo's demo database")
        odoo.copy_database(DATABASE)
    return DATABASE


def _business(found: DemoOdoo) -> list[int]:
    """Make the demo business, but never in an Odoo that has orders of its own."""
    if not found.admin_key:
        say("ODOO_API_KEY is not set: Odoo is used as it is")
        return []
    try:
        if not found.is_ours and _has_orders(found):
            say("Odoo has orders of its own: nothing is added to them")
            return []
        say("customers, stock, trucks, drivers and orders in Odoo")
        made = make_demo_business(
            url=found.url,
            database=found.database,
            admin_key=found.admin_key,
            today=business_day(),
        )
    except DemoFailed as exc:
        raise OdooNotAvailable(f"it did not take the demo business: {exc}") from exc
    say(f"{len(made.orders)} orders, {len(made.trucks)} trucks, {len(made.employees)} drivers")
    return made.employees


def _has_orders(found: DemoOdoo) -> bool:
    api = Json2(url=found.url, database=found.database, key=found.admin_key)
    return bool(api.call("sale.order", "search_count", domain=[], limit=1))
