"""The tests' ground: this checkout's own PostgreSQL and Valkey, and people of every role.

Loaded with ``-p`` before Django's settings are read, so that a plain ``pytest`` works.
"""

import os

import hypothesis
import psycopg
import pytest
from django.test import Client

from portal.local import pango, postgres, valkey
from portal.testing import leftovers, migrated

pytest_plugins = ["portal.testing.browser", "portal.testing.real_odoo", "portal.testing.webkit"]

# The Celery application, imported with the package, has already named the running settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
HAS_OWN_CLUSTER = "DATABASE_URL" not in os.environ
if HAS_OWN_CLUSTER:
    os.environ["DATABASE_URL"] = postgres.portal_database_url()
    os.environ["TEST_DATABASE_TEMPLATE"] = migrated.template()
os.environ.setdefault("REDIS_URL", valkey.ensure_running())
pango.use()

# Others work on this machine too: how long one example takes says nothing.
hypothesis.settings.register_profile("busy", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("busy")

LONG = {
    "test_kills_against_odoo.py",
    "test_faults_against_odoo.py",
    "test_life.py",
    "test_main_job.py",
    "test_driver_thirty.py",
    "test_thirty_stops.py",
}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with what takes minutes: at the end the other processes would wait for it."""
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    """Drop what the processes of this run have left, once they are gone."""
    here = HAS_OWN_CLUSTER and not hasattr(config, "workerinput")
    if here and leftovers.KEPT not in os.environ:
        leftovers.sweep()


@pytest.fixture(autouse=True)
def _database_is_left_alone(request):
    """Have every run that uses the database see to it that it can be dropped."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("_nobody_stays_in_the_database")


@pytest.fixture(scope="session")
def _nobody_stays_in_the_database(django_db_setup):
    """End at last our sessions with it: an idle one would keep the database from going.

    Asked from outside of it and by its name: after a browser's loop the connection at hand may be
    another one, with the database of nobody's test.
    """
    from django.db import connection  # noqa: PLC0415 - Django is not ready before

    name = connection.settings_dict["NAME"]
    yield
    outside = os.environ["DATABASE_URL"].rpartition("/")[0] + "/postgres"
    with psycopg.connect(outside) as session:
        session.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where datname = %s and usename = current_user",
            [name],
        )


@pytest.fixture(autouse=True)
def _no_refusal_is_one_of_a_flood(request):
    """Forget what earlier tests had refused at the doors of sources."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        from crm_intake.services.note_refusal import FLOOD  # noqa: PLC0415 - Django must be ready

        FLOOD.forget()
        yield
        FLOOD.forget()
    else:
        yield


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
