"""What is on a bed along the stops of a run."""

from decimal import Decimal

from scheduling.loading.along import beds_along, most_on_bed, problems_along
from scheduling.loading.load import Bed, Goods, Material
from scheduling.loading.problems import Kind

D = Decimal
TRUCK = Bed(D(5000), D(0))


def goods(weight, product=1, material=None):
    return Goods(product, material, D(weight), D(0))


def brings(weight, **about):
    return (False, [goods(weight, **about)])


def fetches(weight, **about):
    return (True, [goods(weight, **about)])


def test_deliveries_are_all_on_the_bed_at_the_yard():
    assert most_on_bed([(False, D(3)), (False, D(4))]) == 7
    assert most_on_bed([]) == 0


def test_what_is_fetched_comes_when_what_was_brought_before_has_left():
    assert most_on_bed([(False, D(3)), (True, D(4)), (False, D(2))]) == 6
    assert most_on_bed([(True, D(4)), (False, D(3))]) == 7
    assert most_on_bed([(False, D(3)), (True, D(1)), (True, D(3))]) == 4


def test_the_bed_is_looked_at_where_it_gets_fuller():
    first, second, third = goods(1), goods(2), goods(3)
    stops = [(False, [first]), (True, [second]), (False, [third])]

    assert beds_along(stops) == [[first, third], [third, second]]
    assert beds_along([]) == [[]]


def test_a_truck_that_is_emptied_first_takes_as_much_again():
    assert problems_along([brings(4000), fetches(4000)], TRUCK) == []


def test_a_truck_that_fetches_first_is_too_heavy():
    [problem] = problems_along([fetches(4000), brings(4000)], TRUCK)

    assert (problem.kind, problem.amount, problem.trips) == (Kind.OVERWEIGHT, 8000, 2)


def test_the_worst_is_told_once_wherever_it_is():
    up = problems_along([brings(6000), fetches(7000), fetches(1000)], TRUCK)
    down = problems_along([fetches(3000), brings(3000), fetches(1000), brings(3000)], TRUCK)

    assert [one.amount for one in up] == [8000]
    assert [one.amount for one in down] == [9000]


def test_what_may_not_share_a_bed_may_go_one_after_the_other():
    food = Material(1, "Food", D(1), D(1), 1, frozenset({2}))
    soil = Material(2, "Soil", D(1), D(1), 2, frozenset({1}))
    oats, earth = {"product": 1, "material": food}, {"product": 2, "material": soil}

    assert problems_along([brings(1, **oats), fetches(1, **earth)], TRUCK) == []
    [problem] = problems_along([fetches(1, **earth), brings(1, **oats)], TRUCK)
    assert problem.kind == Kind.CLASH
