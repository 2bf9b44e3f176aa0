"""Connecting the portal with the demo's Odoo, by the portal's own ``odoo_provision``."""

import subprocess
import sys
from collections.abc import Mapping

from portal.local.demo_odoo import DemoOdoo
from portal.local.paths import ROOT
from portal.local.progress import say

COMMAND = ROOT / "odoo_bridge" / "management" / "commands" / "odoo_provision.py"
KEY = "ODOO_API_KEY"


def connect_to_odoo(found: DemoOdoo, *, env: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Return what the portal's processes need to know of Odoo, and the key for other programs.

    The portal keeps its bot's key in its database; the environment gives it none, since a key
    there would win over the kept one.
    """
    settings = {"ODOO_URL": found.url, "ODOO_DB": found.database}
    if not found.admin_key or not COMMAND.exists():
        return {**settings, KEY: found.admin_key}, found.admin_key
    say("the portal's bot in Odoo")
    key = _provision({**env, **settings, "ODOO_ADMIN_KEY": found.admin_key})
    return settings, key


def _provision(env: Mapping[str, str]) -> str:
    """Run it, passing on what it says, and return the key that it prints last, or nothing."""
    lines: list[str] = []
    with subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "odoo_provision", "--print-key"],
        cwd=ROOT,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for line in process.stdout or ():
            if lines:
                say(f"  {lines[-1]}")  # one behind: the last line is the key
            lines.append(line.rstrip())
    if process.returncode or not lines:
        say("Odoo is not provisioned: the portal runs without it (see above)")
        return ""
    return lines[-1]
