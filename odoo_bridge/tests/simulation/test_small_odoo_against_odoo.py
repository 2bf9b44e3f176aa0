"""Each rule of the small Odoo, tried on it and on a real Odoo 19: both must say the same.

The lag of the copy that reads are served from is left out: the real one here has no copy.
"""

import datetime as dt
import uuid

import pytest

from odoo_bridge.client import (
    Kind,
    OdooBroken,
    OdooMissing,
    OdooOverloaded,
    OdooRejected,
    OdooUnsupported,
    any_of,
    fingerprint,
    from_odoo_datetime,
    odoo_datetime,
    pages,
)
from odoo_bridge.tests.client.real import NO_SUCH_ID, lead_key, load_leads, new_lead, read
from odoo_bridge.tests.simulation.two_odoos import write_name

MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)


def ids_in(client, *domain, **context):
    rows = client.call(
        "crm.lead",
        "search_read",
        kind=Kind.READ,
        domain=list(domain),
        fields=["write_date"],
        order="id",
        context=context,
    )
    return [row["id"] for row in rows]


def unlink(client, lead):
    client.call("crm.lead", "unlink", kind=Kind.WRITE_RECORDS, ids=[lead])


def test_load_creates_once_and_leaves_alone_what_people_wrote(world):
    key = lead_key()
    first = load_leads(world.client, [key, "From the portal"])
    write_name(world.client, first[0], "By a person")

    assert load_leads(world.client, [key, "From the portal"]) == first
    assert read(world.client, "crm.lead", first[0], "name")["name"] == "By a person"


def test_a_record_tells_when_it_was_made_whatever_is_changed(world):
    [lead] = load_leads(world.client, [lead_key(), "New"])
    made = read(world.client, "crm.lead", lead, "create_date", "write_date")
    assert made["create_date"] == made["write_date"]

    write_name(world.client, lead, "By a person")

    assert read(world.client, "crm.lead", lead, "create_date")["create_date"] == made["create_date"]


def test_load_makes_a_new_record_after_the_first_was_deleted(world):
    key = lead_key()
    [first] = load_leads(world.client, [key, "A"])
    unlink(world.client, first)

    [second] = load_leads(world.client, [key, "A"])

    assert second > first


def test_load_takes_all_rows_or_none_and_goes_on_with_later_ids(world):
    good, bad, columns = lead_key(), lead_key(), ("id", "name", "user_id/.id")
    [before] = load_leads(world.client, [lead_key(), "Before"])
    name = f"Good {uuid.uuid4()}"

    with pytest.raises(OdooRejected) as refused:
        load_leads(world.client, [good, name, 1], [bad, "Bad", NO_SUCH_ID], columns=columns)

    assert type(refused.value) is OdooRejected
    assert ids_in(world.client, ["name", "=", name]) == []
    ids = load_leads(world.client, [good, name, 1], [bad, "Now good", 1], columns=columns)
    assert before < ids[0] < ids[1]


def test_of_loads_that_race_one_makes_the_record_and_the_others_may_be_told_to_come_again(world):
    key = lead_key()

    outcomes = world.race(key)

    made = [one for one in outcomes if isinstance(one, list)]
    assert made
    assert all(one == made[0] for one in made)
    assert all(isinstance(one, list | OdooOverloaded) for one in outcomes)
    assert ids_in(world.client, ["name", "=", f"Race for {key}"]) == made[0]
    assert load_leads(world.client, [key, "again"]) == made[0]


def test_a_late_commit_has_the_time_at_which_it_began_and_is_not_seen_before(world):
    lead = new_lead(world.client, name="Before")
    was = read(world.client, "crm.lead", lead, "write_date")["write_date"]
    change = world.begin(ago=MINUTE)
    world.write(change, lead, "Late")
    assert read(world.client, "crm.lead", lead, "name")["name"] == "Before"

    world.commit(change)

    row = read(world.client, "crm.lead", lead, "name", "write_date")
    assert row["name"] == "Late"
    assert from_odoo_datetime(row["write_date"]) < from_odoo_datetime(was)


def test_who_writes_beside_an_open_transaction_comes_after_it(world):
    lead = new_lead(world.client, name="Before")
    change = world.begin(ago=MINUTE)
    world.write(change, lead, "First")

    world.write_beside(change, lead, "Second")

    assert read(world.client, "crm.lead", lead, "name")["name"] == "Second"


def test_times_are_shown_and_compared_by_whole_seconds(world):
    lead = new_lead(world.client)
    shown = read(world.client, "crm.lead", lead, "write_date")["write_date"]
    second = from_odoo_datetime(shown)
    assert odoo_datetime(second) == shown

    def found(how, moment):
        return lead in ids_in(world.client, ["write_date", how, odoo_datetime(moment)])

    assert found(">=", second)
    assert not found(">=", second + SECOND)
    assert found("<", second + SECOND)
    assert not found("<", second)
    assert found(">", second - SECOND)
    assert not found(">", second)


def test_either_of_two_domains_will_do(world):
    one, other, third = (new_lead(world.client) for _ in range(3))
    domain = any_of([["id", ">=", one], ["id", "<", other]], [["id", "in", [third]]])

    assert ids_in(world.client, *domain) == [one, third]
    assert ids_in(world.client, ["id", "!=", one], ["id", ">", one - 1]) == [other, third]


def test_pages_come_by_rising_id_with_what_is_archived(world):
    leads = [new_lead(world.client) for _ in range(4)]
    world.client.call(
        "crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[leads[1]], vals={"active": False}
    )
    since = [["id", ">=", leads[0]]]

    found = list(pages(world.client, "crm.lead", ["active"], domain=since, limit=3))

    assert [[row["id"] for row in page] for page in found] == [leads[:3], leads[3:]]
    assert [row["active"] for row in found[0]] == [True, False, True]
    kept = [leads[0], *leads[2:]]
    assert ids_in(world.client, *since, active_test=True) == kept


def test_the_fingerprint_counts_adds_up_and_knows_the_last_time(world):
    one, other = new_lead(world.client), new_lead(world.client, active=False)
    written = [
        from_odoo_datetime(read(world.client, "crm.lead", lead, "write_date")["write_date"])
        for lead in (one, other)
    ]

    of_both = fingerprint(world.client, "crm.lead", [["id", ">=", one]])
    of_none = fingerprint(world.client, "crm.lead", [["id", "in", [NO_SUCH_ID]]])

    assert (of_both.count, of_both.max_id, of_both.id_sum) == (2, other, one + other)
    assert of_both.last_written_at == max(written)
    assert (of_none.count, of_none.max_id, of_none.id_sum, of_none.last_written_at) == (
        *(0, 0, 0),
        None,
    )


def test_what_was_deleted_cannot_be_written_and_is_read_as_nothing(world):
    lead = new_lead(world.client)
    unlink(world.client, lead)

    with pytest.raises(OdooMissing):
        write_name(world.client, lead, "B")
    rows = world.client.call(
        "crm.lead", "read", kind=Kind.READ_RECORDS, ids=[lead], fields=["name"]
    )
    assert rows == []
    assert ids_in(world.client, ["id", "=", lead]) == []


def test_odoo_counts_what_a_domain_finds(world):
    lead = new_lead(world.client)

    count = world.client.call(
        "crm.lead", "search_count", kind=Kind.READ, domain=[["id", ">=", lead]]
    )

    assert count == 1


def test_a_value_that_cannot_be_is_refused(world):
    [partner] = world.client.call(
        "res.partner", "create", kind=Kind.WRITE, vals_list=[{"name": "Ann"}]
    )

    with pytest.raises(OdooRejected) as refused:
        world.client.call(
            "res.partner",
            "write",
            kind=Kind.WRITE_RECORDS,
            ids=[partner],
            vals={"parent_id": partner},
        )

    assert "recursive" in refused.value.reason.lower()


@pytest.mark.parametrize(("model", "method"), [("no.model", "read"), ("crm.lead", "no_method")])
def test_a_model_or_a_method_that_is_not_there(world, model, method):
    with pytest.raises(OdooUnsupported):
        world.client.call(model, method, kind=Kind.READ_RECORDS, ids=[1])


def test_a_field_that_is_not_there(world):
    with pytest.raises(OdooBroken) as broken:
        ids_in(world.client, ["nonsense", "=", 1])

    assert broken.value.cause == "builtins.ValueError"
