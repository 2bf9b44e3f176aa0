"""The browsers of the tests: Debian's chromium, and its WebKit."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Without them it would look up hosts beyond this machine at every start.
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
]
# The one without a window first: the other draws one of its own for every page, at a second each.
PROGRAMS = ("chromium-headless-shell", "chromium")
FONTS = "fonts-liberation"
WEBKIT_DRIVER = "WebKitWebDriver"
OF_WEBKIT = ("webkit2gtk-driver", "xvfb")  # it draws on a screen: one that nobody sees


class NoBrowser(Exception):
    """A browser is not there, and it cannot be installed from here."""


def ensure_installed() -> str:
    """Return the path of chromium, installed from Debian's packages if need be and possible.

    :raises NoBrowser: with one sentence that says what to do.
    """
    if shutil.which(PROGRAMS[0]) is None:
        install(PROGRAMS[0], FONTS)
    if found := next(filter(None, map(shutil.which, PROGRAMS)), None):
        return found
    by_hand = f"install Debian's packages {PROGRAMS[0]} and {FONTS}"
    raise NoBrowser(f"The browser tests need chromium, and it is not here: {by_hand}.")


def ensure_webkit() -> tuple[str, str]:
    """Return the paths of WebKit's driver and of the browser that it drives.

    Both are installed from Debian's packages if need be and possible.

    :raises NoBrowser: with one sentence that says what to do.
    """
    if shutil.which(WEBKIT_DRIVER) is None or shutil.which("Xvfb") is None:
        install(*OF_WEBKIT, FONTS)
    driver = shutil.which(WEBKIT_DRIVER)
    program = next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))), None)
    if driver is None or program is None or shutil.which("Xvfb") is None:
        by_hand = f"install Debian's packages {' and '.join(OF_WEBKIT)}"
        raise NoBrowser(f"The browser tests need WebKit, and it is not here: {by_hand}.")
    return driver, str(program)


def install(*packages: str) -> None:
    """Install them from Debian where that may be done; what goes wrong is printed, and no error."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for argv in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages],
    ):
        if subprocess.run(argv, check=False, stdout=sys.stderr, env=env).returncode:
            return
