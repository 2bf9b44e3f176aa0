"""What the demo tells: to programs in ``demo.env``, to the person in one block of text."""

from collections.abc import Mapping

from portal.local.demo_odoo import DemoOdoo
from portal.local.demo_people import PEOPLE, log_ins, passwords
from portal.local.paths import STATE
from portal.local.private_files import write_private

PATH = STATE / "demo.env"
PASSED_ON = (
    *("ODOO_URL", "ODOO_DB", "QUO_SIGNING_SECRET", "QUO_WEBHOOK_KEY"),
    *("DATABASE_URL", "REDIS_URL", "HEALTH_TOKEN"),
)


def write(*, env: Mapping[str, str], odoo_key: str, found: DemoOdoo | None) -> None:
    """Write ``demo.env``, which a shell can read: where things are, keys, log-ins."""
    values = {"PORTAL_URL": env["PUBLIC_URL"], "ODOO_API_KEY": odoo_key}
    values |= {name: env[name] for name in PASSED_ON}
    values["ODOO_ADMIN_KEY"] = found.admin_key if found else ""
    values |= log_ins()
    write_private(PATH, "".join(f"{name}={value}\n" for name, value in values.items()))


def welcome(*, env: Mapping[str, str], found: DemoOdoo | None) -> str:
    """Return the block of text that ends the start."""
    known = passwords()
    lines = ["", f"  Yardmaster   {env['PUBLIC_URL']}", ""]
    lines += [f"  {one.name:<14} {one.email:<26} {known[one.email]}" for one in PEOPLE]
    lines += ["", f"  Odoo         {_odoo(found)}"]
    lines += [
        f"  Mails        {env['PUBLIC_URL']}/mail/ as Administrator: none leaves this machine"
    ]
    lines += [f"  For programs {PATH}", "", "  Ctrl-C stops it all.", ""]
    return "\n".join(lines)


def _odoo(found: DemoOdoo | None) -> str:
    if found is None:
        return "none could be had: changes are kept in the outbox and go nowhere"
    # There may be several databases: the address chooses one for this browser.
    login = ", admin with the password admin" if found.is_ours else ""
    return f"{found.url}/web?db={found.database}{login}"


def read() -> dict[str, str]:
    """Return what ``demo.env`` says; nothing if the demo was never ready."""
    if not PATH.exists():
        return {}
    lines = (line.partition("=") for line in PATH.read_text().splitlines())
    return {name: value for name, _, value in lines}
