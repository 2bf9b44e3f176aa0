"""PostgreSQL refuses to run as root; in a container root is often all there is."""

import os
import subprocess
from functools import cache
from pathlib import Path

NOBODY = 65534
_USER_NAMESPACE = (
    "unshare",
    "--user",
    f"--map-user={NOBODY}",
    f"--map-group={NOBODY}",
    "--",
)
_SET_USER = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--")


@cache
def prefix() -> tuple[str, ...]:
    """Return the words to put before a command that must not see itself as root."""
    if os.geteuid() != 0:
        return ()
    # Some containers forbid user namespaces; there the files must really change hands.
    return _USER_NAMESPACE if _works(_USER_NAMESPACE) else _SET_USER


def hand_over(folder: Path) -> None:
    """Give ``folder`` to the user that commands with ``prefix()`` run as, where that is another."""
    if prefix() != _SET_USER:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)


def _works(command: tuple[str, ...]) -> bool:
    try:
        done = subprocess.run([*command, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0
