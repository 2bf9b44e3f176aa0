"""A person decides a conflict, and a real Odoo gets what was kept."""

import pytest

from odoo_bridge.errors import EntryMovedOn, NotAllChosen
from odoo_bridge.models import Conflict, OutboxEntry
from odoo_bridge.services.drop_entry import drop_entry
from odoo_bridge.services.resolve_conflict import resolve_conflict
from portal.accounts.models import Role
from portal.audit.models import AuditRow

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State, Choice = OutboxEntry.State, Conflict.Choice
MINE, THEIRS = Choice.MINE, Choice.THEIRS


@pytest.fixture
def office(person):
    return person(Role.OFFICE)


@pytest.fixture
def disputed(customer, drained):
    """An entry in conflict about telephone and address; nobody disputes its mail address."""
    entry = customer.change(phone="606-555-0102", street="2 Elm St", email="mine@example.org")
    customer.change_in_odoo(phone="606-555-0103", city="Grayson", zip="41143")
    assert drained() == []
    entry.refresh_from_db()
    assert entry.state == State.CONFLICT
    return entry


@pytest.fixture
def choose(office):
    """Choose for what is open now: ``choose(phone=MINE)``."""

    def resolve(**chosen):
        found = Conflict.objects.filter(choice="", key__in=chosen)
        choices = {one.pk: chosen[one.key] for one in found}
        entry_id = OutboxEntry.objects.latest("pk").pk
        return resolve_conflict(entry_id=entry_id, choices=choices, by=office)

    return resolve


def shown(row):
    return row["phone"], row["street"], row["city"], row["email"]


@pytest.mark.parametrize(
    ("phone", "address", "there_then"),
    [
        (MINE, MINE, ("606-555-0102", "2 Elm St", "Ashland", "mine@example.org")),
        (THEIRS, THEIRS, ("606-555-0103", "1 Oak St", "Grayson", "mine@example.org")),
        (MINE, THEIRS, ("606-555-0102", "1 Oak St", "Grayson", "mine@example.org")),
        (THEIRS, MINE, ("606-555-0103", "2 Elm St", "Ashland", "mine@example.org")),
    ],
)
def test_what_was_chosen_stands_in_odoo_each_group_as_a_whole(
    customer, disputed, drained, choose, office, phone, address, there_then
):
    choose(phone=phone, address=address)

    assert drained() == ["res.partner.write"]

    disputed.refresh_from_db()
    assert (disputed.state, disputed.attempts) == (State.DONE, 1)
    assert shown(customer.row()) == there_then
    assert customer.mirror().city == there_then[2]
    decided = Conflict.objects.order_by("pk").values_list("key", "choice", "resolved_by")
    assert set(decided) == {("phone", phone, office.pk), ("address", address, office.pk)}
    row = AuditRow.objects.get()
    assert (row.what, row.by) == ("outbox conflict resolved", office)
    assert row.new == {"phone": phone, "address": address}


def test_where_nothing_of_ours_is_left_the_entry_is_dropped_and_the_next_goes_on(
    customer, drained, choose
):
    entry = customer.change(phone="606-555-0102")
    customer.change_in_odoo(phone="606-555-0103")
    drained()
    choose(phone=THEIRS)
    behind = customer.change(full_name="Behind")

    assert drained() == ["res.partner.write"]

    entry.refresh_from_db()
    behind.refresh_from_db()
    assert (entry.state, entry.note) == (State.DROPPED, "Took what Odoo has.")
    assert entry.settled_at
    assert behind.state == State.DONE
    assert customer.row()["phone"] == "606-555-0103"


def test_what_changes_once_more_before_it_is_sent_is_another_conflict(
    customer, disputed, drained, choose
):
    choose(phone=MINE, address=THEIRS)
    customer.change_in_odoo(phone="606-555-0104")

    assert drained() == []

    disputed.refresh_from_db()
    assert disputed.state == State.CONFLICT
    [again] = Conflict.objects.filter(choice="")
    assert (again.key, again.base, again.theirs) == (
        "phone",
        {"phone": "606-555-0103"},
        {"phone": "606-555-0104"},
    )
    choose(phone=MINE)
    assert drained() == ["res.partner.write"]
    assert shown(customer.row()) == ("606-555-0102", "1 Oak St", "Grayson", "mine@example.org")


def test_every_conflict_needs_a_choice(disputed, choose):
    with pytest.raises(NotAllChosen):
        choose(phone=MINE)

    disputed.refresh_from_db()
    assert disputed.state == State.CONFLICT
    assert not Conflict.objects.exclude(choice="").exists()
    assert not AuditRow.objects.exists()


def test_who_decides_too_late_is_told(disputed, choose, office):
    drop_entry(entry_id=disputed.pk, note="The customer moved away.", by=office)

    with pytest.raises(EntryMovedOn, match="it is dropped now"):
        choose(phone=MINE, address=MINE)

    assert set(Conflict.objects.values_list("choice", flat=True)) == {THEIRS}
