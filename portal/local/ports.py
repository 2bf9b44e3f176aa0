"""Ports on the loopback: a free one, the same one again, and waiting until it answers."""

import random
import socket
import time
from collections.abc import Callable
from pathlib import Path

import requests

from portal.local.locks import file_lock
from portal.local.paths import STATE

HOST = "127.0.0.1"
# Below the range from which Linux takes ports for outgoing connections: one that is free now
# must not be somebody's outgoing connection at the next start.
LOWEST, HIGHEST = 20000, 32000


class NotReady(Exception):
    """What was waited for did not come in time, or cannot come any more."""


def is_free(port: int) -> bool:
    """Say whether a server could listen on ``port`` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port that nobody listens on."""
    for _attempt in range(200):
        port = random.randint(LOWEST, HIGHEST)  # noqa: S311 - nothing secret about a port
        if is_free(port):
            return port
    raise NotReady(f"no free port between {LOWEST} and {HIGHEST}")


def remembered_port(name: str, *, state: Path = STATE) -> int:
    """Return the port that ``name`` had last time, or a free one that it keeps from now on."""
    path = state / "ports" / name
    with file_lock(state / "ports" / ".lock"):
        if path.exists():
            return int(path.read_text())
        port = free_port()
        path.write_text(str(port))
    return port


def forget_port(name: str, *, state: Path = STATE) -> None:
    """Let ``name`` choose anew: somebody else has taken its port."""
    (state / "ports" / name).unlink(missing_ok=True)


def free_remembered_port(name: str, *, state: Path = STATE) -> int:
    """Return the port of last time if it can still be had, and another one if not."""
    port = remembered_port(name, state=state)
    if is_free(port):
        return port
    forget_port(name, state=state)
    return remembered_port(name, state=state)


def wait_until(
    ready: Callable[[], bool],
    *,
    what: str,
    timeout: float = 30,
    alive: Callable[[], bool] = lambda: True,
) -> None:
    """Return once ``ready()`` is true.

    :raises NotReady: it took longer than ``timeout`` seconds, or ``alive()`` became false.
    """
    deadline = time.monotonic() + timeout
    while not ready():
        if not alive():
            raise NotReady(f"{what} ended before it was ready")
        if time.monotonic() > deadline:
            raise NotReady(f"{what} was not ready within {timeout:g} seconds")
        time.sleep(0.02)


def accepts(port: int) -> bool:
    """Say whether somebody accepts connections on ``port``."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def wait_for_port(
    port: int, *, timeout: float = 30, alive: Callable[[], bool] = lambda: True
) -> None:
    """Return once somebody accepts connections on ``port``.

    :raises NotReady: nobody did in time.
    """
    wait_until(lambda: accepts(port), what=f"port {port}", timeout=timeout, alive=alive)


def answers(url: str) -> bool:
    """Say whether a GET of ``url`` ends well."""
    try:
        return requests.get(url, timeout=10).ok
    except requests.RequestException:
        return False


def wait_for_url(
    url: str, *, timeout: float = 60, alive: Callable[[], bool] = lambda: True
) -> None:
    """Return once a GET of ``url`` ends well.

    :raises NotReady: it did not in time.
    """
    wait_until(lambda: answers(url), what=url, timeout=timeout, alive=alive)
