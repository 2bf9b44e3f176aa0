"""``make demo``: the portal with everything it needs, in the foreground until Ctrl-C."""

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from portal.local import (
    demo_env,
    demo_sample,
    odoo,
    portal_processes,
    postgres,
    services,
    valkey,
)
from portal.local.demo_odoo import getting_ready, outcome
from portal.local.demo_people import DRIVER_PEOPLE, OFFICE_PEOPLE, add_people
from portal.local.locks import Taken, file_lock
from portal.local.paths import ROOT, STATE
from portal.local.portal_env import portal_environment
from portal.local.portal_manage import CommandFailed, manage
from portal.local.ports import NotReady, free_remembered_port
from portal.local.progress import say
from portal.local.provision import connect_to_odoo

LOCK = STATE / "demo.lock"
STATIC_STAMP = ROOT / ".local" / "static.stamp"


def run_demo() -> None:
    """Start everything, say where it is, and stop it all again when interrupted.

    :raises NotReady: something does not start, or the demo runs already.
    :raises ProcessEnded: one of the portal's processes ended.
    """
    try:
        with file_lock(LOCK, wait=False), services.stopping_what_we_start():
            _start()
            while True:
                time.sleep(0.5)
                portal_processes.check_all()
    except Taken as exc:
        where = demo_env.PATH
        raise NotReady(
            f"The demo runs already: its log-ins are in {where}, once it is up."
        ) from exc
    except CommandFailed as exc:
        raise NotReady(str(exc)) from exc


def _start() -> None:
    demo_env.PATH.unlink(missing_ok=True)  # while it is there, the demo is ready
    say("PostgreSQL and Valkey")
    database_url, redis_url = postgres.portal_database_url(), valkey.ensure_running()
    portal_processes.stop_all()  # what a killed demo left would hold the port
    port = free_remembered_port("web")
    env = portal_environment(database_url=database_url, redis_url=redis_url, port=port)
    with getting_ready() as preparation:
        _prepare(env)
        found = outcome(preparation)
    key = ""
    employees: list[int] = []
    if found:
        demo_sample.refuse_beside_odoo(env)
        settings, key = connect_to_odoo(found, env=env)
        env |= settings
        employees = found.employees
    elif not odoo.outside():  # an Odoo from outside that is down is still the portal's Odoo
        employees = demo_sample.fill(env)
    add_people(DRIVER_PEOPLE, env=env, employees=employees)
    say("web server, worker and clock")
    portal_processes.start_all(env, port=port)
    portal_processes.wait_until_ready(env["PUBLIC_URL"])
    demo_env.write(env=env, odoo_key=key, found=found)
    say("ready")
    print(demo_env.welcome(env=env, found=found), flush=True)


def _prepare(env: Mapping[str, str]) -> None:
    """Make the tables, the static files and the people: all that needs no Odoo."""
    say("tables and static files")
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(manage, ["migrate", "--no-input"], env=env)]
        if not _static_is_collected():
            jobs.append(pool.submit(manage, ["collectstatic", "--no-input", "--clear"], env=env))
        for job in jobs:
            job.result()
    STATIC_STAMP.touch()
    add_people(OFFICE_PEOPLE, env=env)


def _static_is_collected() -> bool:
    """Say whether nothing below ``static/`` nor any package is newer than what is served."""
    if not STATIC_STAMP.exists():
        return False
    since = STATIC_STAMP.stat().st_mtime
    sources = [*(ROOT / "static").rglob("*"), ROOT / "requirements.txt"]
    return all(source.stat().st_mtime <= since for source in sources)
