"""A customer's data in a real Odoo: merged with what others change there meanwhile."""

from decimal import Decimal

import pytest
from django.db import transaction

from odoo_bridge.models import Breaker, Conflict, OutboxEntry
from odoo_bridge.outbox.drain import drain
from odoo_bridge.tests.outbox.customers import HOME, a_customer
from odoo_bridge.tests.outbox.impatience import send_until_done
from portal.local.faulty_calls import of_method
from portal.local.faulty_faults import BAD_GATEWAY, DROP_ANSWER, DROP_BEFORE, TRUNCATE
from portal.local.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State = OutboxEntry.State
WRITE = of_method("res.partner", "write")


def state_of(entry):
    entry.refresh_from_db()
    return entry.state


def test_every_field_arrives_and_the_mirror_shows_it_at_once(yard, customer, drained):
    in_usa = ["country_id.code", "=", "US"]
    [kentucky] = yard.rows("res.country.state", [["code", "=", "KY"], in_usa], "country_id")
    changes = {
        "full_name": "Ann B. Alvarez",
        "phone": "606-555-0102",
        "email": "",
        "street": "2 Elm\x07 St",
        "street2": "Rear",
        "city": "Grayson",
        "postcode": "41143",
        "state_odoo_id": kentucky["id"],
        "country_odoo_id": kentucky["country_id"],
        "latitude": Decimal("38.3325812"),
        "longitude": Decimal("-82.9484961"),
        "note": "Gate <left>\n\nDog",
    }

    entry = customer.change(**changes)

    assert drained() == ["res.partner.write"]
    assert state_of(entry) == State.DONE, entry.last_error
    row = customer.row("state_id", "country_id", "partner_latitude", "partner_longitude")
    assert (row["name"], row["phone"], row["email"]) == ("Ann B. Alvarez", "606-555-0102", False)
    assert (row["street"], row["street2"], row["zip"]) == ("2 Elm St", "Rear", "41143")
    assert (row["state_id"], row["country_id"]) == (kentucky["id"], kentucky["country_id"])
    assert (row["partner_latitude"], row["partner_longitude"]) == (38.3325812, -82.9484961)
    assert row["comment"] == "<p>Gate &lt;left&gt;</p>\n\n<p>Dog</p>"
    mirror = customer.mirror()
    assert (mirror.name, mirror.city, mirror.email) == ("Ann B. Alvarez", "Grayson", "")


def test_what_odoo_has_already_is_not_written(customer, drained):
    entry = customer.change(phone="606-555-0102")
    customer.change_in_odoo(phone="606-555-0102 ")

    assert drained() == []

    assert state_of(entry) == State.DONE
    assert customer.mirror().phone.strip() == "606-555-0102"


def test_what_others_change_elsewhere_survives_beside_ours(customer, drained):
    entry = customer.change(phone="606-555-0102", note="Dog")
    customer.change_in_odoo(email="new@example.org", city="Grayson", comment="<p>Gate left</p>")

    assert drained() == ["res.partner.write"]

    assert state_of(entry) == State.DONE
    row = customer.row()
    assert (row["phone"], row["email"], row["city"]) == (
        "606-555-0102",
        "new@example.org",
        "Grayson",
    )
    assert row["comment"] == "<p>Gate left</p><p>Dog</p>"


def test_the_same_field_is_a_conflict_and_odoo_stays_as_it_is(customer, yard, drained):
    other = a_customer(yard)
    entry = customer.change(phone="606-555-0102", email="mine@example.org")
    aside = other.change(phone="606-555-0199")
    customer.change_in_odoo(phone="606-555-0103")
    before = customer.row("write_date")

    assert drained() == ["res.partner.write"], "of the other customer"

    assert (state_of(entry), state_of(aside)) == (State.CONFLICT, State.DONE)
    assert customer.row("write_date") == before
    assert (entry.attempts, entry.in_flight, entry.last_error) == (0, "", "")
    conflict = Conflict.objects.get()
    assert (conflict.entry, conflict.key, conflict.choice) == (entry, "phone", "")
    assert conflict.base == {"phone": "606-555-0101"}
    assert conflict.mine == {"phone": "606-555-0102"}
    assert conflict.theirs == {"phone": "606-555-0103"}
    assert conflict.changed_by == "Mitchell Admin"
    assert f"{conflict.changed_at:%Y-%m-%d %H:%M:%S}" == before["write_date"]
    assert Breaker.objects.get().failures == 0


def test_a_conflict_holds_its_own_stream_alone(customer, yard, drained):
    entry = customer.change(phone="606-555-0102")
    customer.change_in_odoo(phone="606-555-0103")
    drained()
    behind, aside = customer.change(full_name="Behind"), a_customer(yard).change(phone="1")

    drained()

    assert state_of(entry) == State.CONFLICT
    assert (state_of(behind), state_of(aside)) == (State.QUEUED, State.DONE)


def test_half_an_address_is_never_written(customer, drained):
    entry = customer.change(street="2 Elm St")
    customer.change_in_odoo(city="Grayson", zip="41143")

    assert drained() == []

    assert state_of(entry) == State.CONFLICT
    conflict = Conflict.objects.get()
    assert conflict.key == "address"
    assert (conflict.mine["street"], conflict.mine["city"]) == ("2 Elm St", "Ashland")
    assert (conflict.theirs["street"], conflict.theirs["city"]) == ("1 Oak St", "Grayson")


def test_what_the_person_saw_counts_and_not_what_came_since(customer, drained):
    entry = customer.change(phone="606-555-0102", seen={"phone": "606-555-0100"})

    assert drained() == []

    assert state_of(entry) == State.CONFLICT
    assert Conflict.objects.get().base == {"phone": "606-555-0100"}


def test_a_customer_that_was_deleted_parks_the_change(customer, drained):
    entry = customer.change(phone="606-555-0102")
    customer.yard.do("res.partner", "unlink", [customer.odoo_id])

    assert drained() == []

    assert state_of(entry) == State.PARKED
    assert entry.last_error == "The customer was deleted in Odoo."


def test_an_archived_customer_is_changed_all_the_same(customer, drained):
    entry = customer.change(phone="606-555-0102")
    customer.change_in_odoo(active=False)

    drained()

    assert state_of(entry) == State.DONE


def test_what_odoo_refuses_is_parked_with_its_own_sentence(customer, drained):
    entry = customer.change(state_odoo_id=999_999)

    drained()

    assert state_of(entry) == State.PARKED
    assert entry.failed_step == "res.partner.write"


@pytest.mark.parametrize(
    "fault", [DROP_ANSWER, DROP_BEFORE, TRUNCATE, BAD_GATEWAY], ids=lambda fault: fault.name
)
def test_a_lost_answer_is_no_conflict_with_ourselves(
    customer, odoo_access, provisioned_odoo, quick_outbox, fault
):
    quick_outbox.OUTBOX_MAX_INFLIGHT_SECONDS = 1
    entry = customer.change(phone="606-555-0102", street="2 Elm St", note="Dog")
    with FaultyProxy(provisioned_odoo.url) as proxy:
        rule = proxy.rule(fault, when=WRITE, times=1)
        client = provisioned_odoo.bot(base_url=proxy.url)
        send_until_done(entry, client, odoo_access, fault, proxy)
        landed = sum(1 for call in proxy.calls if WRITE(call) and call.forwarded)

    assert rule.hits == 1
    assert landed == 1
    row = customer.row()
    assert (row["phone"], row["street"], row["comment"]) == (
        "606-555-0102",
        "2 Elm St",
        "<p>Dog</p>",
    )
    assert not Conflict.objects.exists()


def test_a_change_behind_one_that_is_being_sent_is_no_conflict_with_it(
    customer, odoo_access, provisioned_odoo
):
    first = customer.change(phone="606-555-0102", note="One")
    OutboxEntry.objects.update(sent_at="2026-11-21T00:00Z")  # it was begun once, and put off
    second = customer.change(phone="606-555-0103", note="Two")
    assert second.base["phone"] == "606-555-0101"

    drain(provisioned_odoo.bot(), odoo_access)

    assert (state_of(first), state_of(second)) == (State.DONE, State.DONE)
    row = customer.row()
    assert (row["phone"], row["comment"]) == ("606-555-0103", "<p>One</p><p>Two</p>")


def test_i20_a_newer_change_takes_an_older_one_along(customer, drained):
    with transaction.atomic():
        older = customer.change(phone="606-555-0102", street="2 Elm St", note="One")
        newer = customer.change(phone="606-555-0103", city="Grayson", note="Two")

    assert drained() == ["res.partner.write"]

    assert (state_of(older), state_of(newer)) == (State.SUPERSEDED, State.DONE)
    row = customer.row()
    assert (row["phone"], row["street"], row["city"]) == ("606-555-0103", "2 Elm St", "Grayson")
    assert row["comment"] == "<p>One</p>\n\n<p>Two</p>"
    assert row["zip"] == HOME["zip"]
