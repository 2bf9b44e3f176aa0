"""What empties the database after a test that commits, in the place of Django's own command."""

from typing import Any

import pgtrigger
from django.core.management.base import BaseCommand
from django.db import connection

from portal.core.deadlocks import in_a_transaction

MANY = 500  # rows
MADE_BY_MIGRATE = {"django_migrations", "django_content_type", "auth_permission"}


class Command(BaseCommand):
    """Delete the rows of the tables that have any.

    To truncate all tables, and to make the permissions again, takes a hundred times as long.
    """

    help = __doc__
    stealth_options = (
        *("interactive", "database", "reset_sequences", "allow_cascade", "inhibit_post_migrate"),
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and anew where a request that was still under way has just added to it."""
        large = in_a_transaction(emptied)
        with connection.cursor() as cursor:
            for name in large:  # who reads the table next would read all that was deleted
                cursor.execute(f"vacuum {name}")


def emptied() -> list[str]:
    """Delete all rows, whose references are checked at the end; return the tables with many."""
    names = set(connection.introspection.django_table_names(only_existing=True))
    large = []
    with pgtrigger.ignore(), connection.cursor() as cursor:
        for name in filled(names - MADE_BY_MIGRATE, cursor):
            cursor.execute(f"delete from {name}")
            if cursor.rowcount > MANY:
                large.append(name)
    return large


def filled(names: set[str], cursor: Any) -> list[str]:
    """Return the tables that have rows."""
    cursor.execute(
        " union all ".join(f"select '{name}' where exists (select from {name})" for name in names)
    )
    return [name for (name,) in cursor.fetchall()]
