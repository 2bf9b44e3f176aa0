"""The portal's own processes: the web server, the worker and the clock."""

import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portal.local import processes
from portal.local.paths import LOGS, ROOT, RUN, STATE
from portal.local.ports import HOST, NotReady, wait_for_url

NAMES = ("web", "worker", "beat")
QUEUES = "outbox,sync,texts,default"


class ProcessEnded(Exception):
    """One of the portal's processes is not there any more; the message shows its last words."""


def start_all(env: Mapping[str, str], *, port: int) -> None:
    """Start the portal's processes; what an earlier, killed run left of them is ended first."""
    stop_all()
    (STATE / "beat").mkdir(parents=True, exist_ok=True)
    for name, argv in commands(port=port, state=STATE).items():
        processes.log_of(name).unlink(missing_ok=True)  # last words must be this run's
        processes.start(name, argv, cwd=ROOT, env=env)


def wait_until_ready(url: str) -> None:
    """Return once pages can be served.

    :raises ProcessEnded: one of the processes ended instead.
    :raises NotReady: it takes too long.
    """
    try:
        wait_for_url(f"{url}/health/ready", alive=lambda: not ended(NAMES))
    except NotReady:
        check_all()
        raise


def check_all(names: Sequence[str] = NAMES, *, run: Path = RUN, logs: Path = LOGS) -> None:
    """Do nothing while all processes run.

    :raises ProcessEnded: one does not.
    """
    for name in ended(names, run=run):
        lines = processes.last_lines(name, count=15, logs=logs)
        raise ProcessEnded(f"The process {name} ended by itself. Its last words:\n{lines}")


def ended(names: Sequence[str], *, run: Path = RUN) -> list[str]:
    """Return which of these processes do not run."""
    return [name for name in names if processes.running(name, run=run) is None]


def stop_all() -> list[str]:
    """Stop them, all at the same time. Returns which of them ran."""
    with ThreadPoolExecutor(len(NAMES)) as pool:
        ran = list(pool.map(processes.stop, NAMES))
    return [name for name, did_run in zip(NAMES, ran, strict=True) if did_run]


def commands(*, port: int, state: Path) -> dict[str, list[str]]:
    """Return each process's command line; the clock keeps its schedule below ``state``."""
    listen = ["--host", HOST, "--port", str(port)]
    size = ["--workers", "2", "--blocking-threads", "16"]
    modules = {
        "web": ["granian", "--interface", "wsgi", *listen, *size, "portal.wsgi:application"],
        "worker": ["celery", "-A", "portal", "worker", "-Q", QUEUES, "-c", "3"],
        "beat": ["celery", "-A", "portal", "beat", "-s", str(state / "beat" / "schedule")],
    }
    return {name: [sys.executable, "-m", *argv] for name, argv in modules.items()}
