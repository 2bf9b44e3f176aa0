"""A real Odoo 19 for the tests: a server and a database of its own for each test process."""

import base64
import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest

from odoo_bridge.client import OdooClient
from portal.local import odoo as local_odoo
from portal.local import postgres
from portal.local.locks import file_lock
from portal.local.odoo_config import HOME, TEMPLATE
from portal.local.paths import ROOT
from portal.local.private_files import write_private
from portal.testing import leftovers

PROVISIONED = f"{TEMPLATE}_provisioned_"
KEY_MUST_LIVE = dt.timedelta(days=30)
KEY_INDEX = 8  # letters, by which Odoo finds a key's row
Copy = TypeVar("Copy", bound="OdooDatabase")


@dataclass(frozen=True)
class OdooDatabase:
    """A database in the real Odoo, and the key of its administrator."""

    url: str
    database: str
    admin_key: str

    def client(self, **options) -> OdooClient:
        """Return a client with the administrator's key; ``options`` replace its values."""
        values = {"base_url": self.url, "database": self.database, "api_key": self.admin_key}
        return OdooClient(**{**values, **options})


@pytest.fixture(scope="session")
def odoo():
    """A fresh copy of the template, which this test process may write to.

    Not to be had is a failure, never a skip: the sentence of ``OdooNotAvailable`` says what to do.
    """
    return with_quick_keys(copy_of(TEMPLATE))


@pytest.fixture
def odoo_client(odoo):
    """Return a client of the administrator."""
    return odoo.client()


@dataclass(frozen=True)
class ProvisionedOdoo(OdooDatabase):
    """An Odoo that knows the portal; ``access`` holds the fields of the row ``OdooAccess``."""

    access: dict[str, Any]

    @property
    def bot_key(self) -> str:
        """The key of the portal's bot."""
        return str(self.access["api_key"])

    def bot(self, **options) -> OdooClient:
        """Return a client with the bot's key; ``options`` replace its values."""
        return self.client(**{"api_key": self.bot_key, **options})


@pytest.fixture(scope="session")
def provisioned_odoo(django_db_setup, django_db_blocker):
    """A fresh copy of a database that ``odoo_provision`` has seen, for this test process."""
    copy = provisioned_copy(django_db_blocker.unblock)
    return with_quick_keys(copy, copy.bot_key)


def provisioned_copy(
    unblocked: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> ProvisionedOdoo:
    """Copy a database that ``odoo_provision`` has seen.

    ``unblocked`` lets us use the portal's database, where that is forbidden otherwise.
    """
    ensure_server()
    with file_lock(HOME / "provisioned.lock"):
        with unblocked():
            template, kept = ensure_provisioned(HOME, PROVISIONED)
        database = copy_of(template)
    access = json.loads(kept.read_text())
    for name in ("key_expires_at", "provisioned_at"):
        access[name] = dt.datetime.fromisoformat(access[name])
    return ProvisionedOdoo(**vars(database), access=access)


@pytest.fixture
def odoo_access(db, provisioned_odoo, settings):
    """Connect the portal with ``provisioned_odoo``: its settings, and the row with the key."""
    from odoo_bridge.models import OdooAccess  # noqa: PLC0415 - Django is not ready before

    settings.ODOO_URL, settings.ODOO_DB = provisioned_odoo.url, provisioned_odoo.database
    settings.ODOO_API_KEY = ""
    return OdooAccess.objects.create(pk=1, **provisioned_odoo.access)


def ensure_server() -> local_odoo.Odoo:
    """Return the server of this test process."""
    return local_odoo.ensure_running(int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]))


def copy_of(template: str) -> OdooDatabase:
    """Make a database of our own, which stays until somebody sweeps.

    Odoo caches by name: none is used twice.
    """
    server = ensure_server()
    name = leftovers.name_for("odoo")
    local_odoo.copy_database(name, template=template)
    return OdooDatabase(url=server.url, database=name, admin_key=server.admin_key)


def with_quick_keys(database: Copy, *keys: str) -> Copy:
    """Let Odoo check these keys, and the administrator's, with one round of their hash.

    It takes 6,000 for each call, a fifth of the processors' time of a whole run of the tests.
    """
    url = postgres.ensure_running().url_for(database.database, role=postgres.ODOO_ROLE)
    with psycopg.connect(url) as session:
        for key in (database.admin_key, *keys):
            session.execute(
                "update res_users_apikeys set key = %s where index = %s",
                [hashed_once(key), key[:KEY_INDEX]],
            )
    return database


def hashed_once(key: str) -> str:
    """Return the hash of a key as Odoo keeps it (passlib's pbkdf2_sha512), of one round."""
    salt = os.urandom(16)
    rounds, parts = 1, (salt, hashlib.pbkdf2_hmac("sha512", key.encode(), salt, 1))
    words = [base64.b64encode(part, b"./").decode().rstrip("=") for part in parts]
    return f"$pbkdf2-sha512${rounds}${'$'.join(words)}"


def state_of_provisioning() -> str:
    """Return a name for what a provisioned database depends on: another state is another one."""
    state = hashlib.sha256(str(postgres.database_comment(TEMPLATE)).encode())
    for file in sorted((ROOT / "odoo_bridge" / "provision").glob("*.py")):
        state.update(file.read_bytes())
    return state.hexdigest()[:12]


def ensure_provisioned(home: Path, prefix: str) -> tuple[str, Path]:
    """Return the sealed template and the file with its access; made once for each state."""
    template = prefix + state_of_provisioning()
    kept = home / f"{template}.json"
    if not still_good(template, kept):
        for old in postgres.databases():
            if old.startswith(prefix):
                local_odoo.drop_database(old)
        kept.unlink(missing_ok=True)
        write_private(kept, json.dumps(seal_provisioned(template), default=str))
    return template, kept


def still_good(template: str, kept: Path) -> bool:
    """Say whether the template is there, and its bot's key lives for a while."""
    if not (kept.exists() and local_odoo.template_exists(template)):
        return False
    expires_at = dt.datetime.fromisoformat(json.loads(kept.read_text())["key_expires_at"])
    return expires_at - dt.datetime.now(tz=dt.UTC) > KEY_MUST_LIVE  # noqa: TID251 - Django sleeps


def seal_provisioned(template: str) -> dict[str, Any]:
    """Provision a copy and seal it; return the access, of which nothing stays in our database."""
    from django.db import transaction  # noqa: PLC0415 - Django is not ready before
    from django.forms import model_to_dict  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from odoo_bridge.provision.steps import Provisioning  # noqa: PLC0415

    database = copy_of(TEMPLATE)
    with transaction.atomic():
        access = Provisioning(
            admin=database.client(), kept=None, now=timezone.now(), say=lambda _line: None
        ).run()
        transaction.set_rollback(True)
    local_odoo.seal_template(database.database, template)
    return model_to_dict(access, exclude=["id"])
