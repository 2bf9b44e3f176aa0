"""The audit trail grows and never changes."""

import pytest
from django.db import DatabaseError, transaction

from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.audit.services.record import record, record_changes


@pytest.fixture
def row(person):
    somebody = person(Role.ADMIN)
    return record(by=somebody, what="tested", target=somebody, new={"answer": 42})


def test_a_row_says_who_did_what_to_which_record(row):
    row.refresh_from_db()

    assert row.by.role == Role.ADMIN
    assert (row.what, row.target_type, row.new) == ("tested", "accounts.user", {"answer": 42})
    assert row.target_id == str(row.by.pk)
    assert str(row).endswith("tested")


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(what="forged"), lambda rows: rows.delete()]
)
def test_the_database_refuses_to_change_or_delete_a_row(row, change):
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        change(AuditRow.objects.all())

    assert AuditRow.objects.get().what == "tested"


def test_only_what_differs_is_recorded(person):
    somebody = person(Role.OFFICE, name="Ann")

    changed = record_changes(
        by=None, what="renamed", target=somebody, changes={"name": "Bea", "role": Role.OFFICE}
    )

    assert changed
    assert somebody.name == "Bea"
    row = AuditRow.objects.get()
    assert (row.old, row.new, row.by) == ({"name": "Ann"}, {"name": "Bea"}, None)


def test_nothing_that_differs_leaves_no_row(person):
    somebody = person(Role.OFFICE)

    assert not record_changes(by=None, what="x", target=somebody, changes={"role": Role.OFFICE})
    assert not AuditRow.objects.exists()


def test_the_request_of_an_act_can_be_found_in_the_log(admin):
    admin.post(
        "/setup/people",
        {"name": "Ann", "email": "ann@yard.test", "role": "OFFICE"},
        headers={"X-Request-ID": "act-number-1"},
    )

    assert AuditRow.objects.get().request_id == "act-number-1"
