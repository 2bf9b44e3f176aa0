"""``python -m portal.local``: the portal and what it needs, running here."""

import argparse
import contextlib
import signal
import sys
from collections.abc import Callable
from types import FrameType

from portal.local import (
    browser,
    demo,
    demo_odoo,
    demo_text,
    odoo,
    pango,
    postgres,
    processes,
    services,
    valkey,
)
from portal.local.odoo_package import OdooNotAvailable
from portal.local.portal_manage import run_manage
from portal.local.portal_processes import ProcessEnded
from portal.local.ports import NotReady
from portal.local.progress import say

DEV_DATABASE = "odoo_dev"
SENTENCES = (OdooNotAvailable, NotReady, ProcessEnded, browser.NoBrowser, pango.NoPango)


def up() -> None:
    """start PostgreSQL, Valkey and Odoo in the background, and print where they are"""
    say("PostgreSQL and Valkey")
    values = {"DATABASE_URL": postgres.portal_database_url(), "REDIS_URL": valkey.ensure_running()}
    server = odoo.ensure_running()
    values |= {"ODOO_URL": server.url, "ODOO_DB": _dev_database(server)}
    values["ODOO_API_KEY"] = server.admin_key
    for key, value in values.items():
        print(f"{key}={value}")


def down() -> None:
    """stop all that runs for this checkout"""
    for name, stop in services.stops().items():
        print(f"{name}: {'stopped' if stop() else 'was not running'}")


def status() -> None:
    """print what runs"""
    for name in services.stops():
        child = processes.running(name)
        print(f"{name}: {f'runs as process {child.pid}' if child else 'does not run'}")


def run_odoo() -> None:
    """run Odoo with a database to look at until Ctrl-C, then stop what this call started"""
    with services.stopping_what_we_start():
        server = odoo.ensure_running()
        database = _dev_database(server)
        print(f"ODOO_URL={server.url}\nODOO_DB={database}\nODOO_API_KEY={server.admin_key}")
        if not odoo.outside():
            # There may be several databases: the address chooses one for this browser.
            print(f"Log in at {server.url}/web?db={database} as admin with the password admin.")
        print("Ctrl-C stops it.", flush=True)
        signal.pause()


def ensure_browser() -> None:
    """see that the browsers of the tests are there"""
    print(browser.ensure_installed(), *browser.ensure_webkit())


def take_screenshots() -> None:
    """write docs/screenshots/ from the running demo"""
    from portal.local.screenshots import take_all  # noqa: PLC0415 - only it needs a browser

    take_all()


def ensure_pango() -> None:
    """see that PDFs can be made"""
    pango.ensure()


COMMANDS: dict[str, Callable[[], None]] = {
    "up": up,
    "down": down,
    "status": status,
    "odoo": run_odoo,
    "demo": demo.run_demo,
    "demo-odoo": demo_odoo.prepare,
    "text": demo_text.send,
    "browser": ensure_browser,
    "pango": ensure_pango,
    "screenshots": take_screenshots,
}


def _dev_database(server: odoo.Odoo) -> str:
    if odoo.outside():
        return server.database
    if not postgres.database_exists(DEV_DATABASE):
        odoo.copy_database(DEV_DATABASE)
    return DEV_DATABASE


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m portal.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function in COMMANDS.items():
        commands.add_parser(name, help=(function.__doc__ or "").splitlines()[0])
    words = commands.add_parser("manage", help="run manage.py with this checkout's services")
    words.add_argument("words", nargs=argparse.REMAINDER)
    return parser


def main(words: list[str]) -> int:
    """Do what the words say and return the exit code."""
    # Also where a shell's "&" made us deaf to SIGINT; but nohup's wish is respected.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _interrupt)
    chosen = _parser().parse_args(words)
    try:
        if chosen.command == "manage":
            return run_manage(chosen.words)
        COMMANDS[chosen.command]()
    except SENTENCES as exc:
        print(exc, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
    sys.exit(130)
