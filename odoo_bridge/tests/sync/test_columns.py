"""Odoo's values, and what the mirrors make of them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import DecimalField
from hypothesis import given
from hypothesis import strategies as st

from odoo_bridge.sync import columns
from odoo_bridge.sync.specs import SPECS


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (columns.text("ours", "odoo", most=3), "abcd", "abc"),
        (columns.text("ours", "odoo"), False, ""),
        (columns.long_text("ours", "odoo"), "a" * 999, "a" * 999),
        (columns.long_text("ours", "odoo"), False, ""),
        (columns.money("ours", "odoo"), 0.1 + 0.2, Decimal("0.30")),
        (columns.number("ours", "odoo"), False, Decimal("0.0000")),
        (columns.money("ours", "odoo"), 286_800_000_000.0, Decimal("9999999999.99")),
        (columns.money("ours", "odoo"), -1e300, Decimal("-9999999999.99")),
        (columns.number("ours", "odoo"), 1e12, Decimal("999999999999.9999")),
        (columns.whole("ours", "odoo"), False, 0),
        (columns.flag("ours", "odoo"), False, False),
        (
            columns.moment("ours", "odoo"),
            "2026-11-21 01:30:28",
            dt.datetime(2026, 11, 21, 1, 30, 28, tzinfo=dt.UTC),
        ),
        (columns.moment("ours", "odoo"), False, None),
        (columns.day("ours", "odoo"), "2026-11-21", dt.date(2026, 11, 21)),
        (columns.day("ours", "odoo"), False, None),
        (columns.ids("ours", "odoo"), False, []),
        (columns.ids("ours", "odoo"), [3, 1], [3, 1]),
        (columns.plain_id("ours", "odoo"), False, None),
        (columns.reference("ours", "odoo"), 7, 7),
        (columns.reference("ours", "odoo"), False, None),
    ],
)
def test_a_value_is_read_as_its_column_says(column, value, expected):
    assert column.read(value) == expected


@given(st.floats(-1e9, 1e9))
def test_an_amount_never_differs_by_more_than_half_a_cent(amount):
    read = columns.money("ours", "odoo").read(amount)

    assert abs(read - Decimal(str(amount))) <= Decimal("0.005")


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_every_column_of_a_spec_is_one_of_its_model(spec):
    fields = {field.attname for field in spec.model._meta.get_fields() if hasattr(field, "attname")}

    assert {column.stored for column in spec.columns} <= fields
    assert {f"{reference.ours}_id" for reference in spec.references} <= fields


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_no_number_of_odoo_s_is_too_large_for_its_column(spec):
    for column in spec.columns:
        field = spec.model._meta.get_field(column.ours)
        if isinstance(field, DecimalField):
            field.run_validators(column.read(1e300))
            field.run_validators(column.read(-1e300))


def test_what_is_pointed_at_is_mirrored_too():
    mirrored = {spec.model for spec in SPECS}

    assert {spec.target_of(ref) for spec in SPECS for ref in spec.references} <= mirrored
