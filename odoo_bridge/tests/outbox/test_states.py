"""The table of transitions is what the code does, all of it and nothing else."""

import ast
import datetime as dt
import itertools

import pytest
from django.utils import timezone

from odoo_bridge.client import OdooRejected, OdooUnavailable, OutcomeUnknown
from odoo_bridge.merge import three_way
from odoo_bridge.models import Conflict, OutboxEntry, Partner
from odoo_bridge.outbox.outcome import ChangedInOdoo, Outcome
from odoo_bridge.outbox.settle import settle
from odoo_bridge.outbox.states import TRANSITIONS, move
from odoo_bridge.services.change_customer import change_customer
from odoo_bridge.services.drop_entry import drop_entry
from odoo_bridge.services.resolve_conflict import resolve_conflict
from odoo_bridge.services.retry_entry import retry_entry
from odoo_bridge.tests.outbox.one_entry import lease_next, settle_done, settle_failed
from portal.accounts.models import Role
from portal.core.state_diagram import NoSuchMove
from portal.testing.factories import UserFactory
from portal.testing.mirrors import PartnerFactory
from portal.testing.sources import tracked_files

State = OutboxEntry.State
UNNAMED = sorted(set(itertools.product(State, State)) - set(TRANSITIONS))
SOURCES = [
    file
    for file in tracked_files("odoo_bridge/*.py")
    if not {"tests", "migrations"} & set(file.parts) and file.name != "states.py"
]


def lease():
    entry = lease_next(timezone.now() + dt.timedelta(minutes=5))
    assert entry
    return entry


def fail(error):
    settle_failed(lease(), error("No."), timezone.now())


def conflict():
    found = [three_way.Conflict("phone", {"phone": "1"}, {"phone": "2"}, {"phone": "3"})]
    why = ChangedInOdoo(found, changed_by="Mitchell", changed_at=None)
    settle(Outcome(in_conflict=[(lease(), why)]), timezone.now())


def choose(choice):
    chosen = {one.pk: choice for one in Conflict.objects.all()}
    by = UserFactory(role=Role.OFFICE)
    resolve_conflict(entry_id=OutboxEntry.objects.get().pk, choices=chosen, by=by)


def change_once_more():
    change_customer(partner_id=Partner.objects.get().pk, changes={"phone": "9"}, seen={}, by=None)


def retry():
    retry_entry(entry_id=OutboxEntry.objects.get().pk, by=UserFactory(role=Role.OFFICE))


def drop():
    by = UserFactory(role=Role.OFFICE)
    drop_entry(entry_id=OutboxEntry.objects.get().pk, note="Entered by hand.", by=by)


# How the code goes each way, from where the way before it has led.
WALKS = {
    (None, State.QUEUED): [],
    (State.QUEUED, State.SENDING): [lease],
    (State.QUEUED, State.SUPERSEDED): [change_once_more],
    (State.SENDING, State.DONE): [lambda: settle_done(lease())],
    (State.SENDING, State.QUEUED): [lambda: fail(OdooUnavailable)],
    (State.SENDING, State.UNKNOWN): [lambda: fail(OutcomeUnknown)],
    (State.SENDING, State.PARKED): [lambda: fail(OdooRejected)],
    (State.SENDING, State.CONFLICT): [conflict],
    (State.UNKNOWN, State.SENDING): [lambda: fail(OutcomeUnknown), lease],
    (State.PARKED, State.QUEUED): [lambda: fail(OdooRejected), retry],
    (State.CONFLICT, State.QUEUED): [conflict, lambda: choose("MINE")],
    (State.PARKED, State.DROPPED): [lambda: fail(OdooRejected), drop],
    (State.CONFLICT, State.DROPPED): [conflict, lambda: choose("THEIRS")],
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", TRANSITIONS, ids=str)
def test_the_code_goes_every_way_of_the_table(way):
    partner = PartnerFactory(remote={"phone": "1"})
    first = change_customer(partner_id=partner.pk, changes={"phone": "2"}, seen={}, by=None)

    for step in WALKS[way]:
        step()

    first.refresh_from_db()
    assert first.state == way[1]


@pytest.mark.django_db
def test_what_is_in_conflict_can_be_dropped_with_a_note_too():
    partner = PartnerFactory(remote={"phone": "1"})
    change_customer(partner_id=partner.pk, changes={"phone": "2"}, seen={}, by=None)
    conflict()

    drop()

    entry, found = OutboxEntry.objects.get(), Conflict.objects.get()
    assert (entry.state, entry.note) == (State.DROPPED, "Entered by hand.")
    assert (found.choice, found.resolved_by_id is None) == ("THEIRS", False)


@pytest.mark.parametrize(("start", "end"), UNNAMED)
def test_no_other_way_is_open(start, end):
    entry = OutboxEntry(state=start)

    with pytest.raises(NoSuchMove, match=f"{start} → {end}"):
        move(entry, end)

    assert entry.state == start


@pytest.mark.django_db
def test_many_go_only_where_each_of_them_may_go(promised):
    for _ in range(2):
        promised()
    entries = [lease(), lease()]
    OutboxEntry.objects.filter(pk=entries[0].pk).update(state=State.CONFLICT)

    with pytest.raises(NoSuchMove, match="one of 2 → DONE"):
        settle(Outcome(done=entries), timezone.now())

    assert not OutboxEntry.objects.filter(state=State.DONE).exists()


def test_an_entry_begins_where_the_table_begins():
    assert (None, OutboxEntry().state) in TRANSITIONS


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_nothing_else_changes_a_state(file):
    """An entry's state is set by ``move`` alone: no ``x.state = …``, no ``update(state=…)``."""
    changes = [
        node.lineno
        for node in ast.walk(ast.parse(file.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr == "state" and is_stored(node))
        or (isinstance(node, ast.Call) and is_update_of_state(node))
    ]

    assert changes == []


def is_stored(node):
    return isinstance(node.ctx, ast.Store)


def is_update_of_state(node):
    named = isinstance(node.func, ast.Attribute) and node.func.attr == "update"
    return named and any(keyword.arg == "state" for keyword in node.keywords)
