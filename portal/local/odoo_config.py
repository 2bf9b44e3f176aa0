"""How Odoo is called here: its settings, its command line, its environment."""

import os
import secrets
from pathlib import Path

from portal.local.odoo_package import OdooPackage
from portal.local.paths import STATE
from portal.local.ports import HOST
from portal.local.postgres import ODOO_ROLE, Postgres

HOME = STATE / "odoo"
DATA = HOME / "data"
TEMPLATE = "odoo_template"
MODULES = (
    "sale_management,crm,sale_crm,mrp,fleet,hr,account,stock,stock_delivery,stock_fleet,"
    "purchase_stock,sms,rpc,base_automation"
)


def filestore(database: str) -> Path:
    """Return where Odoo keeps the attachments of ``database``."""
    return DATA / "filestore" / database


def write_config(
    name: str, package: OdooPackage, server: Postgres, *, http_port: int = 0, gevent_port: int = 0
) -> Path:
    """Write Odoo's settings to a file of that name and return its path."""
    options = {
        "addons_path": package.addons,
        "data_dir": DATA,
        "db_host": server.host,
        "db_port": server.port,
        "db_user": ODOO_ROLE,
        "admin_passwd": secrets.token_hex(16),
        "http_interface": HOST,
        "http_port": http_port,
        "gevent_port": gevent_port,
        "workers": 0,
        "max_cron_threads": 0,  # they would open every database, and send what tests leave there
        "list_db": False,
        # Which database a call means is said by its X-Odoo-Database header, never guessed.
        "dbfilter": f"^odoo_(?!{TEMPLATE.removeprefix('odoo_')})",
        # A threaded server answers a reached limit by restarting itself under its callers.
        "limit_memory_soft": 0,
        "limit_memory_hard": 0,
        "limit_time_real": 0,
    }
    path = HOME / f"{name}.conf"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{option} = {value}" for option, value in options.items()]
    path.write_text("\n".join(["[options]", *lines, ""]))
    path.chmod(0o600)
    return path


def command(package: OdooPackage, *words: str | Path) -> list[str | Path]:
    """Return the command line of ``odoo`` with these words; run it in ``package.code``."""
    return [package.python, "-m", "odoo", *words]


def environment(package: OdooPackage) -> dict[str, str]:
    """Return the environment for Odoo: ours, without what it or libpq would take as settings."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("ODOO_", "PG", "PYTHON", "VIRTUAL_ENV"))
    }
    return {**kept, "PYTHONPATH": str(package.code)}
