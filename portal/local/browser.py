"""The browser of the tests: Debian's chromium."""

import os
import shutil
import subprocess
import sys

# Without them it would look up hosts beyond this machine at every start.
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
]
# The one without a window first: the other draws one of its own for every page, at a second each.
PROGRAMS = ("chromium-headless-shell", "chromium")
FONTS = "fonts-liberation"


class NoBrowser(Exception):
    """There is no chromium, and it cannot be installed from here."""


def ensure_installed() -> str:
    """Return the path of chromium, installed from Debian's packages if need be and possible.

    :raises NoBrowser: with one sentence that says what to do.
    """
    can_install = os.geteuid() == 0 and shutil.which("apt-get") is not None
    if shutil.which(PROGRAMS[0]) is None and can_install:
        install(PROGRAMS[0])
    if found := next(filter(None, map(shutil.which, PROGRAMS)), None):
        return found
    by_hand = f"install Debian's packages {PROGRAMS[0]} and {FONTS}"
    raise NoBrowser(f"The browser tests need chromium, and it is not here: {by_hand}.")


def install(package: str) -> None:
    """Install the package and fonts from Debian; what goes wrong is printed, and no error."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for argv in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", package, FONTS],
    ):
        if subprocess.run(argv, check=False, stdout=sys.stderr, env=env).returncode:
            return
