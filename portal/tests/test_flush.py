"""The emptying of the database after a test that commits."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from portal.core import deadlocks
from portal.testing.factories import UserFactory
from portal.testing.management.commands import flush

pytestmark = pytest.mark.django_db(transaction=True)
ADDED_TO = "scheduling_poolview"
ADD = "insert into scheduling_poolview (owner_id, name, query) values (%s, 'Hers', '')"


def test_a_request_that_adds_meanwhile_is_emptied_too(monkeypatch):
    monkeypatch.setattr(deadlocks, "LONGEST_PAUSE", 0)
    user, looks = UserFactory(), []
    filled = flush.filled

    def look(names, cursor):
        found = filled(names, cursor)
        looks.append(found)
        if len(looks) == 1:
            with psycopg.connect(**connection.get_connection_params()) as other:
                other.execute(ADD, [user.pk])
        return found

    monkeypatch.setattr(flush, "filled", look)
    call_command("flush", interactive=False)
    assert [ADDED_TO in found for found in looks] == [False, True]
    with connection.cursor() as cursor:
        assert filled({ADDED_TO, user._meta.db_table}, cursor) == []
