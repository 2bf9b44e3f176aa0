"""How values of ours become Odoo's, and those that a person keeps become ours again."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from odoo_bridge.commands import Change
from odoo_bridge.merge import three_way
from odoo_bridge.merge.authority import RULES, Authority, Rule
from odoo_bridge.merge.values import Kind
from odoo_bridge.models import Conflict, OutboxEntry
from odoo_bridge.outbox import changes
from odoo_bridge.outbox.changes import Changing
from odoo_bridge.outbox.handlers import CHANGES, HANDLERS
from odoo_bridge.outbox.handlers.change_customer import CUSTOMER
from odoo_bridge.outbox.outcome import ChangedInOdoo, Outcome
from odoo_bridge.outbox.settle import settle, settle_turn
from odoo_bridge.sync.specs import PARTNER
from odoo_bridge.tests.outbox.one_entry import lease_next

State = OutboxEntry.State
FOUND = three_way.Conflict("phone", {"phone": "1"}, {"phone": "2"}, {"phone": "3"})
EVERYTHING = {
    "text": Rule(),
    "html": Rule(Kind.HTML),
    "note": Rule(Kind.HTML, Authority.APPEND),
    "number": Rule(Kind.NUMBER),
    "moment": Rule(Kind.DATETIME),
    "link": Rule(Kind.MANY2ONE),
    "flag": Rule(Kind.BOOLEAN),
}


@pytest.mark.parametrize(
    ("name", "value", "as_odoo_takes_it"),
    [
        ("text", "Oak\x07", "Oak"),
        ("text", "", False),
        ("html", "<b>\nOak", "<p>&lt;b&gt;<br>Oak</p>"),
        ("note", "Dog", "<p>Gate</p><p>Dog</p>"),
        ("number", Decimal("1.5"), 1.5),
        ("moment", dt.datetime(2026, 11, 21, 17, tzinfo=dt.UTC), "2026-11-21 17:00:00"),
        ("link", 7, 7),
        ("link", 0, False),
        ("flag", False, False),
    ],
)
def test_odoo_gets_a_value_as_it_takes_it(monkeypatch, name, value, as_odoo_takes_it):
    monkeypatch.setattr(changes, "RULES", {"res.partner": EVERYTHING})
    changing = Changing[Change](spec=PARTNER, odoo_id=lambda _: 7, words={}, called="It")

    assert changing.as_odoo_takes_it(name, value, {"note": "<p>Gate</p>"}) == as_odoo_takes_it


@pytest.mark.parametrize("changing", CHANGES.values(), ids=CHANGES)
def test_every_word_of_a_change_is_a_field_of_its_command_and_in_the_table(changing):
    [command] = [name for name, one in CHANGES.items() if one is changing]

    assert command in HANDLERS
    assert set(changing.words.values()) <= set(RULES[changing.spec.odoo_model])


def test_who_keeps_an_address_keeps_the_whole_of_it():
    payload = {"partner_uuid": "x", "street": "2 Elm St", "city": None, "state_odoo_id": None}
    mine = {"street": "stale", "city": False, "state_id": 7, "partner_latitude": 38.5}

    kept = CUSTOMER.kept(payload, mine)

    assert kept == {
        "partner_uuid": "x",
        "street": "2 Elm St",
        "city": "",
        "state_odoo_id": 7,
        "latitude": "38.5",
    }


def test_what_is_given_up_leaves_the_rest():
    payload = {"partner_uuid": "x", "street": "2 Elm St", "phone": "2"}

    left = CUSTOMER.given_up(payload, {"street": "1 Oak St", "city": "Ashland"})

    assert left == {"partner_uuid": "x", "street": None, "phone": "2"}
    assert not CUSTOMER.is_empty(left)
    assert CUSTOMER.is_empty(CUSTOMER.given_up(left, {"phone": "3"}))


@pytest.fixture
def sent(db, promised):
    """An entry that is being sent."""
    promised()
    return lease_next(timezone.now())


def in_conflict(*entries):
    why = ChangedInOdoo([FOUND], changed_by="M" * 300, changed_at=None)
    return Outcome(in_conflict=[(entry, why) for entry in entries])


def test_only_who_has_the_fence_may_store_a_conflict(sent):
    sent.fence += 1

    settle(in_conflict(sent), timezone.now())

    assert OutboxEntry.objects.get().state == State.SENDING
    assert not Conflict.objects.exists()


def test_a_conflict_is_stored_with_the_state_or_not_at_all(sent):
    Conflict.objects.create(entry=sent, key="phone", base={}, mine={}, theirs={})

    settle_turn(in_conflict(sent), None)

    sent.refresh_from_db()
    assert (sent.state, Conflict.objects.count()) == (State.QUEUED, 1)
    assert sent.last_error == "A bug of the portal: IntegrityError."


def test_conflicts_of_many_are_stored_together(promised, sent):
    promised()
    other = lease_next(timezone.now())

    settle_turn(in_conflict(sent, other), None)

    assert set(OutboxEntry.objects.values_list("state", flat=True)) == {State.CONFLICT}
    assert set(Conflict.objects.values_list("entry", flat=True)) == {sent.pk, other.pk}
    assert {len(one.changed_by) for one in Conflict.objects.all()} == {255}
    sent.stream.refresh_from_db()
    assert (sent.stream.leased_until, sent.stream.due_at) == (None, None)
