"""A newer change of a record takes along what an older one has not begun to send."""

import uuid
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from odoo_bridge.commands import ChangeCustomer
from odoo_bridge.merge.three_way import merge
from odoo_bridge.models import OutboxEntry
from odoo_bridge.outbox.handlers.change_customer import CUSTOMER
from odoo_bridge.services.change_customer import change_customer
from portal.testing.mirrors import PartnerFactory

State = OutboxEntry.State
KEYS = {"partner_uuid": uuid.uuid4(), "partner_odoo_id": 7}
WORDS = st.sampled_from(["", "a", "b", "c"])
CHANGES = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("phone", "email", "street", "city", "note"), WORDS)
)
SEEN = {"phone": "a", "email": False, "street": "b", "city": "c", "comment": False}


@pytest.fixture
def partner(db):
    return PartnerFactory(remote={"phone": "1", "email": False, "street": "A", "city": "B"})


@pytest.fixture
def change(partner):
    """Promise changes of the partner: ``change(phone="2")``."""

    def promise(**changes):
        return change_customer(partner_id=partner.pk, changes=changes, seen={}, by=None)

    return promise


def states():
    return list(OutboxEntry.objects.order_by("seq").values_list("state", flat=True))


@given(
    st.builds(
        ChangeCustomer,
        partner_uuid=st.uuids(),
        partner_odoo_id=st.integers(1),
        full_name=st.none() | st.text(),
        state_odoo_id=st.none() | st.integers(0, 99),
        latitude=st.none() | st.decimals(-90, 90, places=7),
        note=st.none() | st.text(),
    )
)
def test_a_change_comes_out_of_the_outbox_as_it_went_in(command):
    assert ChangeCustomer.from_payload(command.payload()) == command


def test_the_base_is_what_we_have_of_odoo_of_whole_groups(change):
    assert change(street="C").base == {"street": "A", "city": "B"}
    assert change(phone="2").base == {"street": "A", "city": "B", "phone": "1"}


def test_what_the_person_saw_stands_for_what_we_have(partner):
    seen = {"street": "Z", "state_odoo_id": 0, "latitude": Decimal(1)}

    entry = change_customer(
        partner_id=partner.pk, changes={"street": "C", "latitude": 2}, seen=seen, by=None
    )

    assert entry.base == {
        "street": "Z",
        "city": "B",
        "state_id": False,
        "partner_latitude": 1.0,
    }


def test_a_customer_that_odoo_does_not_know_cannot_be_changed_there(db):
    with pytest.raises(LookupError):
        change_customer(partner_id=PartnerFactory(odoo_id=None).pk, changes={}, seen={}, by=None)


def test_the_newer_takes_the_older_s_base_and_place(change, partner):
    change(phone="2", note="One")
    partner.remote["phone"] = "7"  # it was changed in Odoo between the two
    partner.save()

    newer = change(phone="3", email="x", note="Two")

    assert states() == [State.SUPERSEDED, State.QUEUED]
    assert newer.base == {"phone": "1", "email": False}
    changed = {name: newer.payload[name] for name in ("phone", "email", "note", "street")}
    assert changed == {"phone": "3", "email": "x", "note": "One\n\nTwo", "street": None}
    assert OutboxEntry.objects.get(seq=1).settled_at


@pytest.mark.parametrize(
    "values",
    [
        {"sent_at": timezone.now()},
        {"state": State.SENDING, "sent_at": timezone.now()},
        {"state": State.PARKED},
        {"state": State.CONFLICT},
        {"command": "PlanRun"},
        {"version": 2},
        {"target": "another"},
    ],
    ids=lambda values: " ".join(map(str, values)) + str(values.get("state", "")),
)
def test_what_was_begun_or_is_something_else_is_left_as_it_is(change, values):
    change(phone="2")
    OutboxEntry.objects.update(**values)

    newer = change(email="x")

    assert State.SUPERSEDED not in states()
    assert (newer.payload["phone"], newer.base) == (None, {"email": False})


@given(CHANGES, CHANGES, st.fixed_dictionaries({}, optional={"phone": WORDS, "city": WORDS}))
def test_i20_sending_one_for_both_ends_as_sending_both(first, second, others):
    """Unless somebody changed the same in Odoo: then a person may be asked, for one or the other.

    Two changes of which the second undoes the first ask nobody together; one that somebody else
    has made as well is in nobody's way one by one.
    """
    theirs = SEEN | others
    older, newer = (ChangeCustomer(**KEYS, **changes) for changes in (first, second))
    joined = ChangeCustomer.from_payload(ChangeCustomer.joined(older.payload(), newer.payload()))

    one_by_one = sent(sent(theirs, SEEN, older), SEEN, newer, after=older)
    together = sent(theirs, SEEN, joined)

    if together is not None:
        mine = CUSTOMER.wanted(joined, SEEN)
        assert all(together[name] == value for name, value in others.items() if name not in mine)
    if one_by_one is None or together is None:
        assert others or one_by_one == together
    else:
        assert merge("res.partner", {}, together, one_by_one).write == {}


def sent(theirs, base, command, *, after=None):
    """Return the record after the command, or ``None`` where a person must decide."""
    if theirs is None:
        return None
    if after is not None:
        base = base | {name: theirs[name] for name in CUSTOMER.wanted(after, base)}
    merged = merge("res.partner", base, CUSTOMER.wanted(command, base), theirs)
    return None if merged.conflicts else theirs | merged.write
