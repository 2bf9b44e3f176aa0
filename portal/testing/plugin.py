"""The tests' ground: this checkout's own PostgreSQL and Valkey, and people of every role.

Loaded with ``-p`` before Django's settings are read, so that a plain ``pytest`` works.
"""

import os

import pytest
from django.test import Client

from portal.local import postgres, valkey

pytest_plugins = ["portal.testing.browser", "portal.testing.real_odoo"]

# The Celery application, imported with the package, has already named the running settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
os.environ.setdefault("DATABASE_URL", postgres.portal_database_url())
os.environ.setdefault("REDIS_URL", valkey.ensure_running())


@pytest.fixture
def person(db):
    """Make people: ``person(Role.OFFICE)``."""
    from portal.testing.factories import UserFactory  # noqa: PLC0415 - Django is not ready before

    return lambda role, **fields: UserFactory(role=role, **fields)


@pytest.fixture
def signed_in(person):
    """Sign people in: ``signed_in(Role.OFFICE)`` is a browser of the office."""

    def sign_in(role, **fields):
        browser = Client()
        browser.user = person(role, **fields)
        browser.force_login(browser.user)
        return browser

    return sign_in


@pytest.fixture
def admin(signed_in):
    """Return the browser of an administrator."""
    from portal.accounts.models import Role  # noqa: PLC0415 - Django is not ready before

    return signed_in(Role.ADMIN)
