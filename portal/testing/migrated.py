"""One migrated database, of which each test process's is a copy: to migrate takes ten seconds."""

import hashlib
import subprocess
import sys

from portal.local import postgres
from portal.local.locks import file_lock
from portal.local.paths import ROOT, STATE
from portal.testing import unmeasured

PREFIX = "test_template_"
APPS = ("portal", "scheduling", "drivers", "crm_intake", "odoo_bridge")


def template() -> str:
    """Return the name of the database, made anew when a migration or a library has changed."""
    server, name = postgres.ensure_running(), PREFIX + state_of_migrations()
    with file_lock(STATE / "test_template.lock"):
        if not postgres.database_exists(name):
            for old in postgres.databases():
                if old.startswith(PREFIX):
                    postgres.drop_database(old)
            unfinished = f"{name}_new"
            postgres.create_database(unfinished)
            migrate(server.url_for(unfinished))
            postgres.finish_template(unfinished, name)
    return name


def state_of_migrations() -> str:
    """Return a name for all that the tables come from."""
    state = hashlib.sha256((ROOT / "requirements-dev.txt").read_bytes())
    for app in APPS:
        for file in sorted((ROOT / app).rglob("migrations/*.py")):
            state.update(file.read_bytes())
    return state.hexdigest()[:12]


def migrate(database_url: str) -> None:
    """Make the tables as the tests' settings have them."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={
            **unmeasured.environment(),
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "DATABASE_URL": database_url,
        },
        check=True,
    )
