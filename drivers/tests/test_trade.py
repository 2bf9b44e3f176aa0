"""Which rules hold where and when, and how a quantity is told."""

import datetime as dt
from decimal import Decimal

import pytest

from drivers.trade.kinds import Kind, in_words, kind_of, unit_of
from drivers.trade.rules import Field, Rule, as_allowed, newest, wanted_by
from drivers.trade.tables import RULES, rules_for

TODAY = dt.date(2026, 11, 23)
SINCE = dt.date(2019, 3, 18)
ONE_DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("Cord", Kind.FIREWOOD),
        ("cords", Kind.FIREWOOD),
        ("Face  cord", Kind.FIREWOOD),
        ("rick", Kind.FIREWOOD),
        ("yd³", Kind.BULK_VOLUME),
        ("Cubic Yards", Kind.BULK_VOLUME),
        ("m3", Kind.BULK_VOLUME),
        ("Tons", Kind.BULK_WEIGHT),
        ("t", Kind.BULK_WEIGHT),
        ("lbs", Kind.BULK_WEIGHT),
        ("Units", Kind.PIECES),
        ("", Kind.PIECES),
    ],
)
def test_the_unit_tells_the_sort_of_goods(unit, kind):
    assert kind_of(unit) == kind


@pytest.mark.parametrize(
    ("quantity", "unit", "words"),
    [
        ("1", "cord", "1 cord (128 ft³)"),
        ("2.0000", "cord", "2 cords (256 ft³)"),
        ("1.5", "cord", "1 1/2 cords (192 ft³)"),
        ("0.125", "cord", "1/8 cord (16 ft³)"),
        ("0.3333", "cord", "0.3333 cord (42.7 ft³)"),
        ("3.50", "yd³", "3.5 yd³"),
        ("1200", "lb", "1,200 lb"),
    ],
)
def test_wood_is_told_in_cords_and_their_fractions(quantity, unit, words):
    assert in_words(Decimal(quantity), unit) == words


def test_a_state_s_own_rule_holds_from_its_day_on():
    before = rules_for(Kind.FIREWOOD, "NJ", SINCE - ONE_DAY)
    after = rules_for(Kind.FIREWOOD, "nj", SINCE)

    assert (before.state, before.kept_days, Field.SERIAL in before.must_say) == ("", None, False)
    assert (after.state, after.kept_days, Field.SERIAL in after.must_say) == ("NJ", 184, True)
    assert rules_for(Kind.FIREWOOD, "KY", TODAY) == before


def test_a_newer_edition_takes_the_place_of_the_older_on_its_day():
    about = {"kind": Kind.BULK_WEIGHT, "units": ("ton",), "must_say": ()}
    days = (dt.date(2020, 1, 1), dt.date(2025, 1, 1))
    new, old = (Rule(state="OH", since=day, source="x", **about) for day in reversed(days))

    def on(day, state="OH", kind=Kind.BULK_WEIGHT):
        return newest([new, old], kind=kind, state=state, on=day)

    assert on(days[0] - ONE_DAY) is None
    assert on(days[0]) is on(days[1] - ONE_DAY) is old
    assert on(days[1]) is new
    assert on(days[1], state="KY") is None
    assert on(days[1], kind=Kind.FIREWOOD) is None


def test_what_is_sold_by_the_piece_needs_no_ticket_by_law():
    assert rules_for(Kind.PIECES, "NJ", TODAY) is None


def test_each_rule_names_its_source_and_units_that_are_ours():
    for rule in RULES:
        assert rule.source
        assert [unit_of(unit) for unit in rule.units] == list(rule.units)
        assert Field.UNIT not in rule.must_say
        assert {Field.SELLER, Field.BUYER, Field.DATE, Field.QUANTITY} <= set(rule.must_say)
    keys = [(rule.kind, rule.state, rule.since) for rule in RULES]
    assert len(set(keys)) == len(keys)


def test_where_cords_may_not_be_named_it_is_told_in_cubic_feet():
    massachusetts = rules_for(Kind.FIREWOOD, "MA", TODAY)
    elsewhere = rules_for(Kind.FIREWOOD, "KY", TODAY)

    assert as_allowed(Decimal("1.5"), "Cords", massachusetts) == (192, "ft³")
    assert as_allowed(Decimal("1.5"), "Cords", elsewhere) == (Decimal("1.5"), "cord")
    assert as_allowed(Decimal(2), "Face cord", massachusetts) == (2, "Face cord")
    assert as_allowed(Decimal(2), "Yards", rules_for(Kind.BULK_VOLUME, "KY", TODAY)) == (2, "yd³")
    assert as_allowed(Decimal(2), "Units", None) == (2, "Units")


def test_a_ticket_of_several_goods_says_what_each_of_them_asks_for():
    rules = [rules_for(Kind.BULK_VOLUME, "MN", TODAY), rules_for(Kind.FIREWOOD, "MN", TODAY)]

    wanted = wanted_by(rules)

    assert wanted[0] == Field.SELLER
    assert wanted[-1] == Field.ORIGIN
    assert len(set(wanted)) == len(wanted)
    assert wanted_by([]) == []
