"""Odoo databases to provision: one that is virgin, one that these tests share."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.forms import model_to_dict

from odoo_bridge.models import OdooAccess
from odoo_bridge.tests.client.conftest import client, server  # noqa: F401 - they are fixtures
from portal.local.odoo_config import TEMPLATE
from portal.testing.real_odoo import copy_of, with_quick_keys

SECRET = "w" * 40  # the same for all, so that no rule has to be changed
NOBODY = "http://127.0.0.1:9"  # refuses at once


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Let one process have all tests that share an Odoo: each process would provision its own."""
    for item in items:
        if item.path.parent == Path(__file__).parent and "virgin" not in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("provision"))


@pytest.fixture(scope="session")
def shared_database():
    return with_quick_keys(copy_of(TEMPLATE))


class KeptAccess:
    """What the last provisioning of each Odoo left here, while Odoo is still as it left that."""

    def __init__(self):
        self.by_database = {}

    def forget(self, settings):
        """Somebody changes this Odoo."""
        self.by_database.pop(settings.ODOO_DB, None)

    def keep(self, settings, access):
        """Odoo is as this access says, and posts where it was told to."""
        values = model_to_dict(access, exclude=["id"])
        self.by_database[settings.ODOO_DB] = (where_it_posts(settings), values)

    def found(self, settings):
        """Return the values of the access that fits, or ``None``."""
        told, values = self.by_database.get(settings.ODOO_DB, (None, None))
        return values if told == where_it_posts(settings) else None


def where_it_posts(settings):
    return settings.ODOO_WEBHOOK_BASE_URL, settings.ODOO_WEBHOOK_SECRET


@pytest.fixture(scope="session")
def kept_access():
    return KeptAccess()


@pytest.fixture
def use(db, settings, monkeypatch):
    """Point the portal at an Odoo: ``use(database)``."""

    def point(database):
        settings.ODOO_URL, settings.ODOO_DB = database.url, database.database
        settings.ODOO_API_KEY = ""
        settings.ODOO_WEBHOOK_SECRET, settings.ODOO_WEBHOOK_BASE_URL = SECRET, NOBODY
        monkeypatch.setenv("ODOO_ADMIN_KEY", database.admin_key)
        return database

    return point


@pytest.fixture
def virgin(use):
    """Return an Odoo in which the portal has never been, for one test alone."""
    return use(copy_of(TEMPLATE))


@pytest.fixture
def shared(use, shared_database):
    """Return an Odoo that other tests may have provisioned; the portal knows nothing of it."""
    return use(shared_database)


@pytest.fixture
def provision(kept_access, settings):
    """Run the command: ``provision("--print-key")`` returns what it prints, as lines."""

    def run(*options):
        out = StringIO()
        if "--dry-run" not in options:
            kept_access.forget(settings)
        call_command("odoo_provision", *options, stdout=out)
        access = OdooAccess.objects.first()
        if access and not {"--dry-run", "--remove"} & set(options):
            kept_access.keep(settings, access)
        return out.getvalue().splitlines()

    return run


@pytest.fixture
def connect(settings, provision, kept_access):
    """Connect with the Odoo of the settings: ``connect()`` returns the access.

    It is not provisioned anew while it is as the last time: who changes it puts it back, or
    provisions, or forgets ``kept_access``.
    """

    def run():
        if values := kept_access.found(settings):
            return OdooAccess.objects.create(pk=1, **values)
        provision("--take-over")
        return OdooAccess.objects.get()

    return run


@pytest.fixture
def doctor():
    """Run the doctor: ``doctor()`` returns the findings, having compared them with the end code."""

    def run():
        out, ended_with = StringIO(), 0
        try:
            call_command("odoo_doctor", "--json", stdout=out)
        except SystemExit as end:
            ended_with = end.code
        said = json.loads(out.getvalue())
        broken = any(one["level"] == "broken" for one in said["findings"])
        assert (said["ok"], ended_with) == (not broken, int(broken))
        return said["findings"]

    return run


@pytest.fixture
def connected(shared, connect):
    """Return the access to an Odoo that is provisioned."""
    return connect()
