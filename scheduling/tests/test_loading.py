"""What may lie on a truck: each rule, and what holds of every load."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.loading import placing
from scheduling.loading.load import Bed, Compartment, Goods, Limit, Material, complete
from scheduling.loading.placing import Lot, Placing, placing_of
from scheduling.loading.problems import Gate, Kind, Problem, Size, fits_site, problems_of
from scheduling.selectors.load_words import sentence_of

D = Decimal
GRAVEL = Material(1, "gravel", density=D(1600), group=1, clashes=frozenset({2}))
FEED = Material(2, "feed", density=D(600), group=2, clashes=frozenset({1}))
MULCH = Material(3, "mulch", density=D(400), heaping=D("1.15"), group=3)
T5 = Bed(most_weight=D(20_000), most_volume=D(12))
TWO = (Compartment("front", D(8000), D(5)), Compartment("back", D(8000), D(5)))
amounts = st.decimals(0, 30, places=1)
materials = st.sampled_from([None, GRAVEL, FEED, MULCH])
loads = st.lists(st.builds(Goods, st.integers(1, 9), materials, amounts, amounts), max_size=5)
beds = st.builds(
    Bed,
    amounts,
    amounts,
    st.dictionaries(st.integers(1, 3), st.builds(Limit, st.none() | amounts, st.none() | amounts)),
)
parts = st.lists(st.builds(Compartment, st.just("x"), st.none() | amounts, amounts), max_size=3)


def load(material, weight=0, volume=0, *, product=1):
    return Goods(product, material, D(weight), D(volume))


def said(goods, bed):
    return [sentence_of(one, truck="T5").replace("\u00a0", " ") for one in problems_of(goods, bed)]


@pytest.mark.parametrize(
    ("known", "density", "whole"),
    [
        ((0, 2), 1600, (3200, 2)),
        ((3200, 0), 1600, (3200, 2)),
        ((1, 0), 3, (1, D("0.3333"))),
        ((500, 2), 1600, (500, 2)),
        ((0, 2), 0, (0, 2)),
        ((0, 0), 1600, (0, 0)),
    ],
)
def test_what_is_missing_comes_from_the_density(known, density, whole):
    assert complete(D(known[0]), D(known[1]), D(density)) == whole


def test_an_order_of_400_tons_says_how_many_trips_it_needs():
    bed = replace(T5, limits={1: Limit(most_weight=D(20_000))})
    [words] = said([load(GRAVEL, 200_000), load(GRAVEL, 200_000, product=2)], bed)
    assert words.startswith("380,000 kg over the 20,000 kg that T5 may carry of gravel: it needs")
    assert words.endswith("at least 20 trips of T5.")
    [problem] = problems_of([load(GRAVEL, 400_001)], bed)
    assert (problem.kind, problem.trips, problem.over) == (Kind.OVERWEIGHT, 21, 380_001)
    assert problem.is_certain


@pytest.mark.parametrize(
    ("goods", "bed", "words"),
    [
        ([load(GRAVEL, 20_000, 12)], T5, None),
        ([load(GRAVEL, 99, 99)], Bed(), None),
        ([load(GRAVEL)], T5, None),
        ([load(GRAVEL, "20000.2")], T5, "1 kg over the 20,000 kg that T5 may carry of gravel"),
        ([load(None, 20_800)], T5, "800 kg over the 20,000 kg that T5 may carry: it needs"),
        ([load(GRAVEL, 12_000), load(MULCH, 9000)], T5, "T5 may carry of gravel and mulch: it"),
        ([load(GRAVEL, 12_000), load(None, 9000)], T5, "over the 20,000 kg that T5 may carry: it"),
        ([load(MULCH, 1, "13.8")], T5, None),
        ([load(MULCH, 1, "13.81")], T5, "0.01 m³ over the 13.8 m³ that T5 may carry of mulch"),
        ([load(GRAVEL, 1, 6), load(MULCH, 1, "6.9")], T5, None),
        ([load(GRAVEL, 1, 6), load(MULCH, 1, 7)], T5, "gravel and mulch fill 101 %"),
        ([load(None, 1, 6), load(MULCH, 1, 7)], T5, "The load fills 101 % of what T5 holds of it"),
        ([load(GRAVEL, 9999), load(MULCH, 9)], replace(T5, limits={3: Limit(D(9))}), "weigh 150 %"),
        ([load(None, 9999), load(MULCH, 9)], replace(T5, limits={3: Limit(D(9))}), "weighs 150 %"),
        ([load(MULCH, 0, 5)], replace(T5, limits={3: Limit(None, D(4))}), "the 4 m³ that T5 may"),
    ],
)
def test_a_bed_takes_so_much_of_each_and_each_its_share_of_the_bed(goods, bed, words):
    found = said(goods, bed)
    assert not found if words is None else words in found[0]


def test_what_clashes_shares_no_bed():
    both = [load(GRAVEL, 5000, 3), load(FEED, 2000, 3), load(MULCH, 100, 1), load(None, 1, 1)]
    assert said(both, T5) == ["feed and gravel may not share a bed."]
    assert [one.kind for one in problems_of([load(GRAVEL, 99_999), load(FEED, 1)], T5)] == [
        Kind.OVERWEIGHT,
        Kind.CLASH,
    ]


@pytest.mark.parametrize(
    ("goods", "kind"),
    [
        ([load(GRAVEL, 5000, 3), load(FEED, 2000, 3)], None),
        ([load(GRAVEL, 5000, 3), load(FEED, 2000, 3), load(MULCH, 800, 2)], None),
        ([load(GRAVEL, 12_000, 8)], None),  # one is filled, the rest lies in the other
        ([load(GRAVEL, 12_000, 8), load(FEED, 10, 1)], Kind.NOT_APART),
        ([load(GRAVEL, 12_000, 8), load(MULCH, 10, 1)], None),
        ([load(GRAVEL, 12_000, 8), load(MULCH, 4001, 1)], Kind.NO_COMPARTMENT),
        ([load(GRAVEL, 16_000, 8), load(MULCH)], None),  # nobody knows how much of it
        ([load(MULCH, 1, "11.5")], None),
        ([load(MULCH, 1, "11.6")], Kind.NO_COMPARTMENT),
        ([load(GRAVEL, 17_000, 8)], Kind.NO_COMPARTMENT),
        ([load(GRAVEL, 99_000), load(FEED, 1)], Kind.OVERWEIGHT),
    ],
)
def test_compartments_keep_apart_what_clashes(goods, kind):
    found = problems_of(goods, replace(T5, compartments=TWO))
    assert [one.kind for one in found] == ([kind] if kind else [])


def test_what_was_placed_first_makes_room_for_what_fits_nowhere_else():
    parts = (Compartment("front", None, D(3)), Compartment("back", None, D(1)))
    goods = [load(GRAVEL, 1000, 1), load(FEED, 900, 3)]
    assert not problems_of(goods, replace(T5, compartments=parts))


def test_one_compartment_keeps_nothing_apart_however_much_too_much_it_is():
    goods, bed = [load(GRAVEL, 99_000), load(FEED, 1)], replace(T5, compartments=TWO[:1])
    assert said(goods, bed)[1] == (
        "feed and gravel may not share a bed, and the compartments of T5 cannot keep them apart."
    )
    assert said([load(FEED, 9000)], bed) == ["The load does not fit the compartments of T5."]


def test_a_search_that_takes_too_long_says_so(monkeypatch):
    monkeypatch.setattr(placing, "MOST_STEPS", 2)
    bed = replace(T5, compartments=TWO)
    [problem] = problems_of([load(GRAVEL, 5000), load(FEED, 5000), load(MULCH, 1)], bed)
    assert (problem.kind, problem.is_certain) == (Kind.UNSURE, False)
    assert "see for yourself" in sentence_of(problem, truck="T5")


def test_a_very_mixed_load_is_judged_within_the_steps():
    every = frozenset(range(6))
    lots = [
        Lot(Material(n, f"m{n}", group=n, clashes=every - {n}), D(1000 + n), D(1)) for n in every
    ]
    parts = tuple(Compartment(f"c{n}", D(1700), D(3)) for n in range(6))
    assert placing_of(lots, parts[:4]) == Placing.NO_WAY, "four of them have no neighbour"
    assert placing_of(lots, parts[:5]) == Placing.NO_WAY
    assert placing_of(lots, parts) == Placing.FITS
    assert placing_of(lots, parts[:4], apart=False) == Placing.FITS, "two of them are divided"


@pytest.mark.parametrize(
    ("size", "gate", "words"),
    [
        (Size(D("2.5"), D(3), D(9000)), Gate(D("2.5"), D(3), D(14_000)), []),
        (Size(), Gate(), []),
        (Size(D("2.55")), Gate(D("2.5")), ["T5 is 2.55 m wide; trucks up to 2.5 m get in."]),
        (Size(None, D(4)), Gate(None, D(3)), ["T5 is 4 m high; trucks up to 3 m get in."]),
        (
            Size(empty_weight=D(9001)),
            Gate(most_weight=D(14_000)),
            ["T5 with its load has 14,001 kg; up to 14,000 kg get in."],
        ),
        (
            Size(),
            Gate(most_weight=D(4999)),
            ["T5 with its load has 5,000 kg; up to 4,999 kg get in."],
        ),
        (
            Size(),
            Gate(D(2), D(3), D(14_000)),
            [
                "Trucks up to 2 m wide get in; how wide is T5?",
                "Trucks up to 3 m high get in; how high is T5?",
                "Up to 14,000 kg with the load get in; how heavy is T5 empty?",
            ],
        ),
    ],
)
def test_a_place_lets_in_what_is_small_and_light_enough(size, gate, words):
    found = fits_site(size, D(5000), gate)
    assert [sentence_of(one, truck="T5").replace("\u00a0", " ") for one in found] == words
    assert all(
        one.is_certain == ("how" not in text) for one, text in zip(found, words, strict=True)
    )
    assert all(one.over is None for one in found if not one.is_certain)


def test_each_kind_of_problem_has_a_sentence():
    for kind in Kind:
        problem = Problem(kind, ("a", "b", "c"), amount=D(2), most=D(1), trips=2)
        assert "%" not in sentence_of(problem, truck="T5")


@given(loads, beds)
def test_the_order_of_loading_does_not_matter(goods, bed):
    assert problems_of(goods, bed) == problems_of(goods[::-1], bed)


@given(loads, loads, beds)
def test_what_is_too_much_stays_so_when_more_is_loaded(goods, more, bed):
    before = {one.kind: one.trips or 0 for one in problems_of(goods, bed)}
    after = {one.kind: one.trips or 0 for one in problems_of([*goods, *more], bed)}
    assert all(after[kind] >= trips for kind, trips in before.items())


@given(loads, beds)
def test_so_many_equal_trips_would_do(goods, bed):
    trips = max((one.trips or 1 for one in problems_of(goods, bed)), default=1)
    least = [replace(one, weight=one.weight / trips, volume=one.volume / trips) for one in goods]
    slack = D("0.999999")  # a third has no end in decimal figures
    part = [replace(one, weight=one.weight * slack, volume=one.volume * slack) for one in least]
    kinds = {one.kind for one in problems_of(part, bed)}
    assert not kinds & {Kind.OVERWEIGHT, Kind.OVERVOLUME}


@given(loads, parts)
def test_the_search_finds_whatever_way_there_is(goods, compartments):
    lots = [Lot(one.material, one.weight, one.volume) for one in goods]
    ways = product(range(len(compartments)), repeat=len(lots))
    if any(_is_a_way(lots, compartments, way) for way in ways):
        assert placing_of(lots, compartments) == Placing.FITS


@given(loads, parts)
def test_the_search_fills_no_more_than_there_is(goods, compartments):
    lots = [Lot(one.material, one.weight, one.volume) for one in goods]
    if placing_of(lots, compartments) != Placing.FITS:
        return
    if all(part.most_weight for part in compartments):
        assert sum(lot.weight for lot in lots) <= sum(part.most_weight for part in compartments)
    if any(one.clashes_with(other) for one in lots for other in lots):
        assert len(compartments) > 1


def _is_a_way(lots, compartments, way):
    for at, part in enumerate(compartments):
        inside = [lot for lot, where in zip(lots, way, strict=True) if where == at]
        heaped = [lot.volume / (lot.material.heaping if lot.material else 1) for lot in inside]
        if part.most_weight and sum(lot.weight for lot in inside) > part.most_weight:
            return False
        if part.most_volume and sum(heaped) > part.most_volume:
            return False
        if any(one.clashes_with(other) for one in inside for other in inside):
            return False
    return True
