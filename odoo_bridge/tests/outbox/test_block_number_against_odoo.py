"""A number that gets no texts is on the list of a real Odoo, and comes off it again."""

import uuid

import pytest

from odoo_bridge.client import Kind
from odoo_bridge.commands import BlockNumber, UnblockNumber
from odoo_bridge.models import BlockedNumber, OutboxEntry
from portal.local.faulty_faults import DROP_ANSWER, DUPLICATE

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State = OutboxEntry.State


@pytest.fixture
def number():
    return f"+1606555{uuid.uuid4().int % 10_000:04}"


@pytest.fixture
def on_the_list(yard, number):
    """Return whether each row that Odoo's list has of the number is active."""

    def look():
        rows = yard.client.call(
            "phone.blacklist",
            "search_read",
            kind=Kind.READ,
            domain=[["number", "=", number]],
            fields=["active"],
        )
        return [row["active"] for row in rows]

    return look


def test_a_number_is_blocked_and_unblocked_each_once(
    number, on_the_list, queue, drained, send_again
):
    queue(BlockNumber(number=number))
    assert drained() == ["phone.blacklist.create"]
    assert on_the_list() == [True]
    assert BlockedNumber.objects.get(number=number).active
    assert send_again() == []
    OutboxEntry.objects.all().delete()

    queue(UnblockNumber(number=number))
    assert drained() == ["phone.blacklist.write"]
    assert on_the_list() == [False]
    assert not BlockedNumber.objects.get(number=number).active
    assert send_again() == []
    OutboxEntry.objects.all().delete()

    queue(BlockNumber(number=number))
    assert drained() == ["phone.blacklist.create"]
    assert on_the_list() == [True]


def test_what_a_person_has_done_in_odoo_is_done(yard, number, on_the_list, queue, drained):
    [never_blocked] = queue(UnblockNumber(number=number))
    assert drained() == []
    yard.make("phone.blacklist", number=number)
    [blocked] = queue(BlockNumber(number=number))
    assert drained() == []

    for entry in (never_blocked, blocked):
        entry.refresh_from_db()
        assert entry.state == State.DONE
    assert on_the_list() == [True]


def test_what_is_no_number_is_for_a_person(send):
    [entry] = send(BlockNumber(number="QUO"))

    assert entry.state == State.PARKED
    assert entry.last_error == "“QUO” is no telephone number with a country code."


@pytest.mark.parametrize("fault", [DROP_ANSWER, DUPLICATE], ids=lambda fault: fault.name)
def test_it_is_on_the_list_once_after_any_fault(number, on_the_list, survive, fault):
    survive(BlockNumber(number=number), fault, "phone.blacklist.create")
    assert on_the_list() == [True]

    survive(UnblockNumber(number=number), fault, "phone.blacklist.write")
    assert on_the_list() == [False]
