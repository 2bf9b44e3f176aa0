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
PACKAGES = ("chromium", "fonts-liberation")


class NoBrowser(Exception):
    """There is no chromium, and it cannot be installed from here."""


def ensure_installed() -> str:
    """Return the path of chromium, installed from Debian's packages if need be and possible.

    :raises NoBrowser: with one sentence that says what to do.
    """
    if found := shutil.which("chromium"):
        return found
    by_hand = f"install Debian's packages {' and '.join(PACKAGES)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NoBrowser(f"The browser tests need chromium: {by_hand}.")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for argv in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *PACKAGES],
    ):
        if subprocess.run(argv, check=False, stdout=sys.stderr, env=env).returncode:
            raise NoBrowser(f"apt-get could not install chromium: {by_hand}.")
    if found := shutil.which("chromium"):
        return found
    raise NoBrowser(f"chromium was installed but is not found: {by_hand}.")
