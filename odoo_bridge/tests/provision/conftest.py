"""Odoo databases to provision: one that is virgin, one that these tests share."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from odoo_bridge.models import OdooAccess
from odoo_bridge.tests.client.conftest import client, server  # noqa: F401 - they are fixtures
from portal.local.odoo_config import TEMPLATE
from portal.testing.real_odoo import copy_of


@pytest.fixture(scope="session")
def shared_database():
    with copy_of(TEMPLATE) as database:
        yield database


@pytest.fixture
def use(db, settings, monkeypatch):
    """Point the portal at an Odoo: ``use(database)``."""

    def point(database):
        settings.ODOO_URL, settings.ODOO_DB = database.url, database.database
        settings.ODOO_API_KEY = ""
        settings.ODOO_WEBHOOK_SECRET = "w" * 40  # the same, so that no rule has to be changed
        settings.ODOO_WEBHOOK_BASE_URL = "http://127.0.0.1:9"  # refused at once
        monkeypatch.setenv("ODOO_ADMIN_KEY", database.admin_key)
        return database

    return point


@pytest.fixture
def virgin(use):
    """Return an Odoo in which the portal has never been, for one test alone."""
    with copy_of(TEMPLATE) as database:
        yield use(database)


@pytest.fixture
def shared(use, shared_database):
    """Return an Odoo that other tests may have provisioned; the portal knows nothing of it."""
    return use(shared_database)


@pytest.fixture
def provision():
    """Run the command: ``provision("--print-key")`` returns what it prints, as lines."""

    def run(*options):
        out = StringIO()
        call_command("odoo_provision", *options, stdout=out)
        return out.getvalue().splitlines()

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
def connected(shared, provision):
    """Return the access to an Odoo that is provisioned."""
    provision("--take-over")
    return OdooAccess.objects.get()
