import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo_bridge.client import OdooBroken, OdooOverloaded, OdooRejected, OdooUnavailable, load
from odoo_bridge.client.errors import OutcomeUnknown
from odoo_bridge.client.load import cell, cells, ids_of
from odoo_bridge.tests.client.canned import in_json

CALL = "crm.lead.load"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "1"),
        (False, "0"),
        (0, "0"),
        (-12, "-12"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (Decimal("10.50"), "10.50"),
        (Decimal("1E+3"), "1000"),
        ("Zoë 🚚\x00\x07", "Zoë 🚚"),
        (
            dt.datetime(2026, 11, 21, 12, 0, 59, 7, dt.timezone(dt.timedelta(hours=-5))),
            "2026-11-21 17:00:59",
        ),
        (dt.date(2026, 11, 21), "2026-11-21"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ([3, 1, 2], "3,1,2"),
        ((), ""),
    ],
)
def test_writes_values_as_cells(value, text):
    assert cell(value) == text


@pytest.mark.parametrize(
    "value",
    [float("inf"), float("nan"), Decimal("NaN"), dt.datetime(2026, 1, 1), object()],  # noqa: DTZ001
)
def test_refuses_values_without_a_cell_and_does_not_quote_them(value):
    with pytest.raises(OdooBroken) as refused:
        cells(["id", "name"], [["__portal_a__.lead_1", value]], CALL)

    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("columns", "rows"), [(["name"], [["Zoë"]]), (["id", "name"], [["__portal_a__.lead_1"]])]
)
def test_refuses_rows_that_odoo_would_misread(columns, rows):
    with pytest.raises(OdooBroken):
        cells(columns, rows, CALL)


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.decimals(allow_nan=False, allow_infinity=False),
        st.text(),
        st.datetimes(timezones=st.timezones(), min_value=dt.datetime(1900, 1, 1)),  # noqa: DTZ001
        st.dates(),
        st.uuids(),
        st.lists(st.integers(min_value=1)),
    )
)
def test_every_cell_is_clean_text(value):
    text = cell(value)

    assert isinstance(text, str)
    assert "\x00" not in text
    text.encode()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_loses_a_digit(number):
    assert float(cell(number)) == number


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_no_decimal_loses_a_digit_or_gains_an_exponent(number):
    assert Decimal(cell(number)) == number
    assert "E" not in cell(number)


def test_sends_rows_in_create_only_mode(server, client):
    server.will_answer(in_json({"ids": [5, 6], "messages": [], "nextrow": 0}))

    ids = load(
        client,
        "crm.lead",
        ["id", "name", "partner_id/.id"],
        [["__portal_a__.lead_1", "One", 9], ["__portal_a__.lead_2", "Two", None]],
        module="__portal_a__",
        context={"mode": "init", "tracking_disable": True},
    )

    assert ids == [5, 6]
    [request] = server.received
    assert request.path == "/json/2/crm.lead/load"
    assert request.body["fields"] == ["id", "name", "partner_id/.id"]
    assert request.body["data"] == [
        ["__portal_a__.lead_1", "One", "9"],
        ["__portal_a__.lead_2", "Two", ""],
    ]
    assert request.body["context"] == {
        "lang": "en_US",
        "tz": "UTC",
        "mail_create_nosubscribe": True,
        "tracking_disable": True,
        "module": "__portal_a__",
        "mode": "update",
        "noupdate": True,
    }


def refused(*texts):
    return {"ids": False, "messages": [{"type": "error", "message": text} for text in texts]}


@pytest.mark.parametrize(
    "text",
    [
        "could not serialize access due to concurrent update\n",
        "deadlock detected\nDETAIL: …",
        "could not obtain lock on row in relation …",
    ],
)
def test_a_lost_race_is_tried_again_soon(text):
    with pytest.raises(OdooOverloaded):
        ids_of(refused("Something else.", text), CALL)


def test_a_lost_database_is_an_outage():
    with pytest.raises(OdooUnavailable):
        ids_of(refused("server closed the connection unexpectedly"), CALL)


def test_other_messages_are_odoos_no_each_said_once():
    with pytest.raises(OdooRejected) as no:
        ids_of(refused("Unknown value 'X'", "Unknown value 'X'", "No matching record"), CALL)

    assert no.value.reason == "Unknown value 'X'\nNo matching record"
    assert (no.value.call, no.value.status) == (CALL, 200)


@pytest.mark.parametrize("messages", [[], None, ["odd"]])
def test_a_no_without_a_reason_is_a_no(messages):
    with pytest.raises(OdooRejected, match=r"crm\.lead\.load"):
        ids_of({"ids": False, "messages": messages}, CALL)


def test_warnings_beside_ids_do_not_matter():
    assert ids_of({"ids": [3], "messages": [{"type": "warning", "message": "Hm."}]}, CALL) == [3]


@pytest.mark.parametrize("answer", [None, True, [], {}, {"ids": None}, {"ids": [True]}])
def test_an_answer_that_is_none_leaves_the_outcome_unknown(answer):
    with pytest.raises(OutcomeUnknown):
        ids_of(answer, CALL)
