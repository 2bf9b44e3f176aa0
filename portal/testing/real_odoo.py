"""A real Odoo 19 for the tests: one server, a database of its own for each test process."""

import os
import uuid
from dataclasses import dataclass

import pytest

from odoo_bridge.client import OdooClient
from portal.local import odoo as local_odoo


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
    server = local_odoo.ensure_running()
    name = (
        f"odoo_test_{os.getpid()}_{uuid.uuid4().hex[:6]}"  # Odoo caches by name: never used twice
    )
    local_odoo.copy_database(name)
    yield OdooDatabase(url=server.url, database=name, admin_key=server.admin_key)
    local_odoo.drop_database(name)


@pytest.fixture
def odoo_client(odoo):
    """Return a client of the administrator."""
    return odoo.client()
