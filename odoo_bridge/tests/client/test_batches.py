"""Batches and the search for bad records, with a receiver that follows Odoo's rule: all or none."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo_bridge.client import (
    OdooBroken,
    OdooOverloaded,
    OdooRejected,
    OdooUnavailable,
    OdooUnsupported,
    OutcomeUnknown,
    in_batches,
    load_in_batches,
    outcomes,
)
from odoo_bridge.tests.client.canned import in_html, in_json


class AllOrNone:
    """Gives item n the id n + 1000, unless a bad one is sent with it."""

    def __init__(self, bad=(), error=OdooRejected):
        self.bad, self.error = set(bad), error
        self.calls = []
        self.created = []

    def __call__(self, items):
        self.calls.append(list(items))
        for item in items:
            if item in self.bad:
                raise self.error(f"{item} is bad")
        self.created += items
        return [item + 1000 for item in items]


def test_batches_hold_every_item_in_order():
    assert list(in_batches("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(in_batches([], 2)) == []


def test_a_batch_without_room_is_refused_rather_than_losing_everything():
    with pytest.raises(ValueError, match="at least one"):
        list(outcomes([1], AllOrNone(), size=0))


def test_good_items_take_one_call_a_batch():
    send = AllOrNone()

    assert list(outcomes(range(250), send)) == [n + 1000 for n in range(250)]
    assert [len(call) for call in send.calls] == [100, 100, 50]


@given(
    st.integers(min_value=1, max_value=120).flatmap(
        lambda n: st.tuples(st.just(n), st.sets(st.integers(min_value=0, max_value=n - 1)))
    ),
    st.sampled_from([OdooRejected, OdooBroken]),
)
def test_every_good_item_is_created_once_and_every_bad_one_says_why(case, error):
    number, bad = case
    send = AllOrNone(bad, error)

    found = list(outcomes(range(number), send, size=number))

    for item, outcome in enumerate(found):
        if item in bad:
            assert isinstance(outcome, error)
            assert outcome.reason == f"{item} is bad"
        else:
            assert outcome == item + 1000
    assert len(found) == number
    assert sorted(send.created) == sorted(set(range(number)) - bad)
    assert len(send.calls) <= 1 + 2 * len(bad) * math.ceil(math.log2(number))


def test_a_model_that_is_missing_is_so_for_all_and_asked_for_once():
    send = AllOrNone({3}, OdooUnsupported)

    found = list(outcomes(range(5), send))

    assert [type(outcome) for outcome in found] == [OdooUnsupported] * 5
    assert len(send.calls) == 1


def test_what_is_known_before_an_outage_stands(server, client):
    server.will_answer(in_json({"ids": [5, 6]}), in_html(404))
    records = [[[f"__portal_a__.lead_{n}", "A"]] for n in range(4)]

    found = load_in_batches(client, "crm.lead", ["id", "name"], records, module="a", size=2)

    assert [next(found), next(found)] == [5, 6]
    with pytest.raises(OdooUnavailable):
        next(found)


@pytest.mark.parametrize("error", [OdooOverloaded, OutcomeUnknown])
def test_what_is_no_refusal_is_raised_and_not_searched_for(error):
    send = AllOrNone({3}, error)

    with pytest.raises(error):
        list(outcomes(range(5), send))

    assert len(send.calls) == 1


def test_fewer_ids_than_records_cannot_be_told_apart():
    with pytest.raises(OutcomeUnknown):
        list(outcomes([1, 2], lambda _items: [7]))


def test_nothing_is_sent_for_no_records(server, client):
    assert list(load_in_batches(client, "crm.lead", ["id"], [], module="__portal_a__")) == []
    assert server.received == []


def test_the_rows_of_a_record_stay_together(server, client):
    server.will_answer(in_json({"ids": [5]}))
    orders = [[[f"__portal_a__.o{n}", 1], [None, 2]] for n in range(2)]

    columns = ["id", "order_line/product_id/.id"]
    ids = list(load_in_batches(client, "sale.order", columns, orders, module="a", size=1))

    assert ids == [5, 5]
    assert [request.body["data"] for request in server.received] == [
        [["__portal_a__.o0", "1"], ["", "2"]],
        [["__portal_a__.o1", "1"], ["", "2"]],
    ]


@pytest.mark.parametrize(
    "odd",
    [
        [],
        [[None, "A"]],
        [["", "A"]],
        [["__portal_a__.x", "A"], ["__portal_a__.y", "B"]],
        [["__portal_a__.x"]],
    ],
    ids=["no row", "no id", "empty id", "two ids", "short"],
)
def test_a_record_of_odd_rows_is_refused_and_its_neighbours_are_not(server, client, odd):
    server.will_answer(in_json({"ids": [5]}))
    good = [["__portal_a__.good", "A"]]

    found = list(load_in_batches(client, "crm.lead", ["id", "name"], [good, odd], module="a"))

    assert found[0] == 5
    assert isinstance(found[1], OdooBroken)
    assert len(server.received) == 1


def test_columns_without_an_external_id_are_refused_for_each_record(server, client):
    found = list(load_in_batches(client, "crm.lead", ["name"], [[["A"]]], module="a"))

    assert [type(outcome) for outcome in found] == [OdooBroken]
    assert server.received == []
