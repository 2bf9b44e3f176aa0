"""The Odoo server of this checkout, and its databases: copied in a moment, dropped at will."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from portal.local import postgres, processes
from portal.local.locks import file_lock
from portal.local.odoo_config import HOME, TEMPLATE, command, environment, filestore, write_config
from portal.local.odoo_package import OdooNotAvailable, OdooPackage, ensure_package
from portal.local.odoo_template import ADMIN_KEY, ensure_template
from portal.local.ports import (
    HOST,
    NotReady,
    free_remembered_port,
    is_free,
    remembered_port,
    wait_for_url,
    wait_until,
)
from portal.local.progress import say

NAME = "odoo"
SECOND = "odoo-second"
PREFIX = "odoo_"


@dataclass(frozen=True)
class Odoo:
    """An Odoo 19 that answers.

    ``database`` is set only for one that runs elsewhere; here a database is made by
    ``copy_database`` and chosen by the header ``X-Odoo-Database``.
    """

    url: str
    admin_key: str
    database: str = ""


def outside() -> Odoo | None:
    """Return the Odoo that the environment names with ``ODOO_URL``, if it names one."""
    url = os.environ.get("ODOO_URL")
    if not url:
        return None
    return Odoo(
        url=url.rstrip("/"),
        admin_key=os.environ.get("ODOO_API_KEY", ""),
        database=os.environ.get("ODOO_DB", ""),
    )


def ensure_running(number: int = 0) -> Odoo:
    """Return Odoo: the one that ``ODOO_URL`` names, else ours, set up and started if need be.

    ``number`` tells several servers for the same databases apart. Each does one thing at a time,
    so those who work side by side wait for each other unless they have one each.

    :raises OdooNotAvailable: it cannot be set up here; the message says what to do.
    """
    if elsewhere := outside():
        return elsewhere
    say("PostgreSQL")
    server = postgres.ensure_running()
    say("Odoo 19 from Debian, and its Python packages")
    package = ensure_package()
    key = ensure_template(package, server)
    url = _ensure_server(f"{NAME}-{number}" if number else NAME, package, server)
    say(f"Odoo answers at {url}")
    return Odoo(url=url, admin_key=key)


@contextmanager
def second_server() -> Iterator[str]:
    """Run a server beside the first, for the same databases, while the block runs; one at a time.

    Yields its address, at which ``crash`` brings it up again.
    """
    with file_lock(HOME / f"{SECOND}.block.lock"):
        try:
            yield _start_second()
        finally:
            processes.stop(SECOND)


def crash() -> None:
    """End the second server in whatever it is doing, and start it anew at the same address."""
    processes.stop(SECOND, polite=signal.SIGKILL)
    wait_until(lambda: is_free(remembered_port(SECOND)), what="Odoo's port")
    _start_second()


def _start_second() -> str:
    return _ensure_server(SECOND, ensure_package(), postgres.ensure_running())


def _ensure_server(name: str, package: OdooPackage, server: postgres.Postgres) -> str:
    with file_lock(HOME / f"{name}.lock"):
        if not processes.running(name):
            http_port = free_remembered_port(name)
            gevent_port = free_remembered_port(f"{name}-gevent")
            config = write_config(
                name, package, server, http_port=http_port, gevent_port=gevent_port
            )
            processes.start(
                name,
                command(package, "-c", config),
                cwd=package.code,
                env=environment(package),
            )
            say("Odoo is starting")
        url = f"http://{HOST}:{remembered_port(name)}"
        _wait(name, url)
    return url


def started() -> list[str]:
    """Return the names of the servers that this checkout has started, and not stopped again."""
    return processes.started(NAME)


def copy_database(name: str, *, template: str = TEMPLATE) -> None:
    """Make the Odoo database ``name`` as a copy of ``template``, with its attachments.

    Use a name once: the server keeps what it knows of a database after that is dropped.
    """
    _check_name(name)
    postgres.create_database(name, template=template, owner=postgres.ODOO_ROLE)
    _copy_filestore(template, name)


def drop_database(name: str) -> None:
    """Remove an Odoo database, with its attachments and the connections to it."""
    if not name.startswith(PREFIX):
        raise ValueError(f"{name} is not the name of an Odoo database of ours")
    postgres.drop_database(name, force=True)
    shutil.rmtree(filestore(name), ignore_errors=True)


def seal_template(source: str, name: str) -> None:
    """Make the template ``name`` from the database ``source``, ending the connections to it.

    ``source`` stays; callers must have ended their work in it. An older ``name`` is replaced.
    """
    if not name.startswith(f"{TEMPLATE}_"):
        raise ValueError(f"a template's name starts with {TEMPLATE}_")
    unfinished = f"{name}_new"
    for old in (unfinished, name):
        drop_database(old)
    postgres.end_connections(source)
    postgres.create_database(unfinished, template=source, owner=postgres.ODOO_ROLE)
    _copy_filestore(source, name)
    postgres.finish_template(unfinished, name)


def template_exists(name: str = TEMPLATE) -> bool:
    """Say whether there is a finished template ``name``."""
    return postgres.database_exists(name)


def admin_key() -> str:
    """Return the admin's API key; it is the same in every copy of the template."""
    return ADMIN_KEY.read_text()


def _copy_filestore(source: str, target: str) -> None:
    """Copy attachments as links: Odoo names a file by its content and never writes into one."""
    shutil.rmtree(filestore(target), ignore_errors=True)
    if filestore(source).exists():
        shutil.copytree(filestore(source), filestore(target), copy_function=os.link)


def _check_name(name: str) -> None:
    if not name.startswith(PREFIX) or name.startswith(TEMPLATE):
        raise ValueError(f"Odoo would not serve {name}: use {PREFIX}..., not {TEMPLATE}...")


def _wait(name: str, url: str) -> None:
    child = processes.running(name)
    try:
        wait_for_url(f"{url}/web/health", alive=lambda: child is not None and child.alive)
    except NotReady as exc:
        raise OdooNotAvailable(f"it did not start, see {processes.log_of(name)}") from exc
