"""``python -m portal.local up|down|status|odoo``: what the portal needs, running here."""

import argparse
import contextlib
import signal
import sys
from collections.abc import Callable
from types import FrameType

from portal.local import odoo, postgres, processes, valkey
from portal.local.odoo_package import OdooNotAvailable
from portal.local.ports import NotReady
from portal.local.progress import say

# Ended in this order: Odoo would complain about a database that goes away first.
STOPS: dict[str, Callable[[], bool]] = {
    odoo.NAME: odoo.stop,
    valkey.NAME: valkey.stop,
    postgres.CLUSTER.name: postgres.stop,
}
DEV_DATABASE = "odoo_dev"


def up() -> None:
    """Start everything in the background and print where it is."""
    say("PostgreSQL and Valkey")
    values = {"DATABASE_URL": postgres.portal_database_url(), "REDIS_URL": valkey.ensure_running()}
    server = odoo.ensure_running()
    values |= {"ODOO_URL": server.url, "ODOO_DB": _dev_database(server)}
    values["ODOO_API_KEY"] = server.admin_key
    for key, value in values.items():
        print(f"{key}={value}")


def down() -> None:
    """Stop what this checkout has started."""
    for name, stop in STOPS.items():
        print(f"{name}: {'stopped' if stop() else 'was not running'}")


def status() -> None:
    """Print what runs."""
    for name in STOPS:
        child = processes.running(name)
        print(f"{name}: {f'runs as process {child.pid}' if child else 'does not run'}")


def run_odoo() -> None:
    """Run Odoo with a database to look at until Ctrl-C, then stop what this call started."""
    before = {name for name in STOPS if processes.running(name)}
    try:
        server = odoo.ensure_running()
        database = _dev_database(server)
        print(f"ODOO_URL={server.url}\nODOO_DB={database}\nODOO_API_KEY={server.admin_key}")
        if not odoo.outside():
            # There may be several databases: the address chooses one for this browser.
            print(f"Log in at {server.url}/web?db={database} as admin with the password admin.")
        print("Ctrl-C stops it.", flush=True)
        signal.pause()
    finally:
        for name, stop in STOPS.items():
            if name not in before and stop():
                say(f"{name} stopped")


def _dev_database(server: odoo.Odoo) -> str:
    if odoo.outside():
        return server.database
    if not postgres.database_exists(DEV_DATABASE):
        odoo.copy_database(DEV_DATABASE)
    return DEV_DATABASE


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(words: list[str]) -> int:
    """Do what the words say and return the exit code."""
    commands = {"up": up, "down": down, "status": status, "odoo": run_odoo}
    parser = argparse.ArgumentParser(prog="python -m portal.local", description=__doc__)
    parser.add_argument("command", choices=commands)
    # A closed terminal or a stopped service must not leave servers behind either.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        commands[parser.parse_args(words).command]()
    except (OdooNotAvailable, NotReady) as exc:
        print(exc, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
    sys.exit(130)
