"""What becomes of a change when Odoo has changed too."""

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from odoo_bridge.merge import three_way
from odoo_bridge.merge.authority import RULES, Authority, Rule
from odoo_bridge.merge.three_way import Conflict, Merged, merge
from odoo_bridge.merge.values import Kind, same

PARTNER = "res.partner"
FIELDS = RULES[PARTNER]
EVERY = "every.authority"
TABLE = {
    "odoo": Rule(authority=Authority.ODOO),
    "portal": Rule(authority=Authority.PORTAL),
    "merge": Rule(),
    "street": Rule(group="address"),
    "city": Rule(group="address"),
    "note": Rule(Kind.HTML, Authority.APPEND),
    "text_note": Rule(Kind.TEXT, Authority.APPEND),
    "tags": Rule(Kind.IDS, Authority.SET),
    "odometer": Rule(Kind.NUMBER, Authority.FURTHEST, unit=Decimal("0.1")),
    "state": Rule(authority=Authority.FURTHEST, order=("draft", "sent", "done")),
}
WORDS = st.sampled_from(["", False, "a", " a", "b", "c"])
VALUES = {
    **dict.fromkeys(("odoo", "portal", "merge", "street", "city", "text_note"), WORDS),
    "note": st.sampled_from([False, "<p>a</p>", "<p>a</p><p>b</p>", "<p>b</p>", "<p>c</p>"]),
    "tags": st.lists(st.integers(1, 4), unique=True),
    "odometer": st.floats(0, 3),
    "state": st.sampled_from(["draft", "sent", "done"]),
}
RECORDS = st.fixed_dictionaries(VALUES)
PATCHES = st.fixed_dictionaries({}, optional=VALUES)


@pytest.fixture(autouse=True, scope="module")
def every_authority():
    """Put a model into the table that has a field of each authority."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(three_way, "RULES", {**RULES, EVERY: TABLE})
        yield


def alike(name, one, other):
    return same(TABLE[name].kind, one, other, unit=TABLE[name].unit)


def group_of(name):
    return TABLE[name].group or name


@given(RECORDS, PATCHES)
def test_converging_changes_write_nothing_and_are_no_conflict(base, mine):
    assert merge(EVERY, base, mine, {**base, **mine}) == Merged()


@given(RECORDS, PATCHES, PATCHES)
def test_changes_of_different_things_never_conflict_and_all_survive(base, mine, others):
    touched = {group_of(name) for name in mine}
    theirs = base | {name: value for name, value in others.items() if group_of(name) not in touched}

    merged = merge(EVERY, base, mine, theirs)

    assert (merged.conflicts, merged.kept) == ((), {})
    after = theirs | merged.write
    assert all(alike(name, after[name], mine[name]) for name in mine)
    assert all(after[name] == theirs[name] for name in set(theirs) - set(mine))


@given(RECORDS, PATCHES, RECORDS)
def test_i7_what_somebody_changed_in_odoo_is_not_overwritten_unasked(base, mine, theirs):
    merged = merge(EVERY, base, mine, theirs)

    for name, value in merged.write.items():
        rule = TABLE[name]
        if alike(name, theirs[name], base[name]) or rule.authority == Authority.PORTAL:
            continue
        assert rule.authority in {Authority.APPEND, Authority.SET, Authority.FURTHEST}
        if rule.authority == Authority.APPEND:
            assert value.startswith(theirs[name] or "")
        if rule.authority == Authority.SET:
            removed_here = set(base[name]) - set(mine[name])
            assert set(value) >= set(theirs[name]) - removed_here


BOTH_SHORTEN_A_NOTE = (
    {"note": "<p>a</p><p>b</p>"},
    {"note": "<p>b</p>"},
    {"note": "<p>a</p>"},
)


@given(RECORDS, PATCHES, RECORDS)
@example(*BOTH_SHORTEN_A_NOTE)
def test_what_was_written_is_not_written_again(base, mine, theirs):
    merged = merge(EVERY, base, mine, theirs)

    again = merge(EVERY, base, mine, theirs | merged.write)

    assert again.write == {}
    assert [one.key for one in again.conflicts] == [one.key for one in merged.conflicts]


@given(RECORDS, PATCHES, RECORDS)
def test_nothing_of_ours_is_lost_silently(base, mine, theirs):
    merged = merge(EVERY, base, mine, theirs)

    decided_by_a_person = {group for one in merged.conflicts for group in [one.key]}
    for name, value in mine.items():
        if group_of(name) in decided_by_a_person or name in merged.kept:
            continue
        if TABLE[name].authority in {Authority.MERGE, Authority.PORTAL}:
            after = (theirs | merged.write)[name]
            assert alike(name, after, value) or alike(name, value, base[name])


@given(RECORDS, PATCHES, RECORDS)
def test_a_person_s_choice_settles_it(base, mine, theirs):
    """With Odoo's values as the new base and all of ours, nothing is left to decide."""
    found = merge(EVERY, base, mine, theirs).conflicts
    seen = {name: value for one in found for name, value in one.theirs.items()}
    chosen = {name: value for one in found for name, value in one.mine.items()}

    merged = merge(EVERY, seen, chosen, theirs)

    assert merged.conflicts == ()
    assert all(alike(name, (theirs | merged.write)[name], value) for name, value in chosen.items())


HOME = {"street": "1 Oak St", "street2": False, "zip": "41101", "city": "Ashland", "state_id": 7}


def test_an_address_conflicts_as_a_whole():
    theirs = HOME | {"city": "Grayson", "zip": "41143"}

    merged = merge(PARTNER, HOME, {"street": "2 Elm St", "phone": "1"}, theirs | {"phone": False})

    assert merged.write == {"phone": "1"}
    assert merged.conflicts == (Conflict("address", HOME, HOME | {"street": "2 Elm St"}, theirs),)


def test_an_address_of_which_both_made_a_part_the_same_is_completed():
    mine = {"street": "2 Elm St", "city": "Grayson"}

    merged = merge(PARTNER, HOME, mine, HOME | {"street": "2 Elm St"})

    assert merged == Merged(write={"city": "Grayson"})


def test_a_field_that_nobody_had_seen_is_not_overwritten():
    mine = {"phone": "1", "email": "ann@example.org"}

    merged = merge(PARTNER, {}, mine, {"phone": "2", "email": False})

    assert merged.write == {"email": "ann@example.org"}
    assert [one.key for one in merged.conflicts] == ["phone"]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "written"),
    [
        ("<p>a</p>", "<p>a</p><p>x</p>", "<p>a</p><p>y</p>", "<p>a</p><p>y</p><p>x</p>"),
        (False, "<p>x</p>", "<p>y</p>", "<p>y</p><p>x</p>"),
        (False, "<p>call</p>", "<p>do not call</p>", "<p>do not call</p><p>call</p>"),
        ("<p>a</p>", "", "<p>a</p>", ""),
    ],
)
def test_a_note_comes_after_what_stands_there(base, mine, theirs, written):
    merged = merge(PARTNER, {"comment": base}, {"comment": mine}, {"comment": theirs})

    assert merged == Merged(write={"comment": written})


def test_a_note_that_stands_there_is_not_added_twice():
    merged = merge(PARTNER, {}, {"comment": "<p>x</p>"}, {"comment": "<p>y</p><div>x</div>z"})

    assert merged == Merged()


def test_a_note_without_tags_gets_a_line_of_its_own():
    merged = merge(EVERY, {}, {"text_note": "x"}, {"text_note": "y"})

    assert merged.write == {"text_note": "y\nx"}


def test_ids_are_added_and_removed_one_by_one():
    merged = merge(EVERY, {"tags": [1, 2]}, {"tags": [2, 3]}, {"tags": [1, 2, 4]})

    assert merged.write == {"tags": [2, 3, 4]}


@pytest.mark.parametrize(
    ("name", "base", "mine", "theirs", "written"),
    [
        ("odometer", 10, 12.0, 11, {"odometer": 12.0}),
        ("odometer", 10, 11, 12.0, {}),
        ("state", "draft", "done", "sent", {"state": "done"}),
        ("state", "draft", "sent", "done", {}),
    ],
)
def test_the_furthest_wins(name, base, mine, theirs, written):
    merged = merge(EVERY, {name: base}, {name: mine}, {name: theirs})

    assert merged == Merged(write=written)


def test_odoo_keeps_what_is_its_own_and_the_portal_writes_what_is_its_own():
    base, mine, theirs = ({"odoo": value, "portal": value} for value in "abc")

    merged = merge(EVERY, base, mine, theirs)

    assert merged == Merged(write={"portal": "b"}, kept={"odoo": "c"})


def test_what_is_not_in_the_table_cannot_be_changed_from_here():
    with pytest.raises(KeyError):
        merge("product.product", {}, {"list_price": 1}, {"list_price": 2})
    with pytest.raises(KeyError):
        merge(PARTNER, {}, {"credit_limit": 1}, {"credit_limit": 2})


def test_the_result_of_a_merge_stays_as_it_is():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Merged().write = {"name": "x"}


@pytest.mark.parametrize("model", RULES)
def test_a_group_is_decided_by_one_authority(model):
    authorities = {}
    for rule in RULES[model].values():
        authorities.setdefault(rule.group, set()).add(rule.authority)
    authorities.pop("")

    assert all(len(found) == 1 for found in authorities.values())
