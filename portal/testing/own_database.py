"""A portal database of one's own for a command that is no test: made, migrated, and dropped."""

import contextlib
import os
from collections.abc import Iterator

import django

from portal.local import postgres, valkey
from portal.local.portal_env import portal_environment
from portal.testing import leftovers

BROKER = 15  # the one that nobody listens to


@contextlib.contextmanager
def portal_database(purpose: str) -> Iterator[str]:
    """Make the database while the block runs, set Django up, and connect it; return its name."""
    server = postgres.ensure_running()
    name = leftovers.name_for(purpose)
    postgres.create_database(name)
    try:
        url = server.url_for(name)
        broker = f"{valkey.ensure_running().rsplit('/', 1)[0]}/{BROKER}"
        os.environ.update(portal_environment(database_url=url, redis_url=broker, port=1))
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - needs the set-up
        from django.db import connection  # noqa: PLC0415

        connection.close()  # of a database around this one
        connection.settings_dict["NAME"] = name
        call_command("migrate", verbosity=0)
        yield name
        connection.close()
    finally:
        postgres.drop_database(name)
        leftovers.sweep()
