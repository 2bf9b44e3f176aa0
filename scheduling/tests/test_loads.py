"""What trucks take and products are, as the board judges loads by it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from portal.testing.mirrors import ProductFactory
from portal.testing.yard import MaterialFactory, TruckFactory
from scheduling.loading.load import Bed, Compartment, Goods, Limit
from scheduling.loading.problems import Gate, Kind, Size, problems_of
from scheduling.models import (
    Compartment as CompartmentRow,
)
from scheduling.models import (
    GroupClash,
    LoadGroup,
    Material,
    Place,
    ProductMaterial,
    Truck,
    TruckLimit,
)
from scheduling.selectors.loads import beds_of, gate_of, goods_of, materials_of, size_of
from scheduling.services.follow_fleet import follow_fleet

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def clash():
    """Return two groups that may not share a bed."""
    food, soil = LoadGroup.objects.create(name="Food"), LoadGroup.objects.create(name="Soil")
    GroupClash.objects.create(first=food, second=soil)
    return food, soil


def is_a(product, material):
    ProductMaterial.objects.create(product=product, material=material)
    return product


def test_beds_are_read_in_three_queries_however_many(django_assert_num_queries):
    gravel = MaterialFactory()
    trucks = [TruckFactory(), TruckFactory()]
    TruckLimit.objects.create(truck=trucks[0], material=gravel, most_weight=4000)
    for name in ("rear", "front"):
        CompartmentRow.objects.create(truck=trucks[0], name=name, most_volume=3)

    with django_assert_num_queries(3):
        beds = beds_of([truck.pk for truck in trucks])

    parts = (Compartment("front", None, D(3)), Compartment("rear", None, D(3)))
    assert beds == {
        trucks[0].pk: Bed(D(5000), D(6), {gravel.pk: Limit(D(4000))}, parts),
        trucks[1].pk: Bed(D(5000), D(6)),
    }


def test_products_are_materials_in_two_queries_and_clash_both_ways(
    clash, django_assert_num_queries
):
    oats, soil = (MaterialFactory(group=group) for group in clash)
    products = [is_a(ProductFactory(), material) for material in (oats, soil)]
    unknown = ProductFactory(weight=0)

    with django_assert_num_queries(2):
        materials = materials_of([one.pk for one in (*products, unknown)])

    assert set(materials) == {one.pk for one in products}
    both = [materials[one.pk] for one in products]
    assert both[0].clashes_with(both[1])
    assert both[1].clashes_with(both[0])
    goods = goods_of([(products[0], D(1)), (products[1], D(1)), (unknown, D(2))], materials)
    assert goods[2] == Goods(unknown.pk, None, 0, D("7.2"))
    assert [one.kind for one in problems_of(goods, Bed())] == [Kind.CLASH]


def test_the_density_completes_what_odoo_does_not_say():
    product = is_a(ProductFactory(weight=0, volume=D("0.5")), MaterialFactory())
    [goods] = goods_of([(product, D(3))], materials_of([product.pk]))
    assert (goods.weight, goods.volume) == (2400, D("1.5"))


def test_sizes_and_gates_are_those_of_truck_and_place():
    assert size_of(Truck(width=D(2), empty_weight=D(9))) == Size(D(2), None, D(9))
    assert gate_of(Place(most_height=D(3))) == Gate(None, D(3), None)


def test_a_persons_figures_go_before_odoos():
    truck = TruckFactory(vehicle__category__most_weight=0, set_weight=4000)
    TruckFactory()  # loads are known from it

    follow_fleet()
    truck.refresh_from_db()
    assert (truck.most_weight, truck.most_volume) == (4000, 6)

    Truck.objects.update(set_weight=None)
    truck.vehicle.category.most_volume = 0
    truck.vehicle.category.save()
    follow_fleet()
    truck.refresh_from_db()
    assert (truck.most_weight, truck.most_volume, truck.is_active) == (0, 0, False)

    Truck.objects.filter(pk=truck.pk).update(set_volume=7)
    follow_fleet()
    truck.refresh_from_db()
    assert (truck.most_weight, truck.most_volume, truck.is_active) == (0, 7, True)


def test_the_database_refuses_what_cannot_be(clash):
    food, soil = clash
    truck, gravel = TruckFactory(), MaterialFactory()
    TruckLimit.objects.create(truck=truck, material=gravel, most_volume=1)
    CompartmentRow.objects.create(truck=truck, name="front")
    refused = [
        lambda: GroupClash.objects.create(first=food, second=soil),
        lambda: GroupClash.objects.create(first=soil, second=food),
        lambda: GroupClash.objects.create(first=food, second=food),
        lambda: MaterialFactory(heaping=D("0.99")),
        lambda: MaterialFactory(density=-1),
        lambda: MaterialFactory(name=gravel.name),
        lambda: TruckLimit.objects.create(truck=truck, material=gravel, most_weight=1),
        lambda: TruckLimit.objects.create(truck=truck, material=MaterialFactory()),
        lambda: TruckLimit.objects.create(truck=truck, material=MaterialFactory(), most_volume=0),
        lambda: CompartmentRow.objects.create(truck=truck, name="front"),
        lambda: CompartmentRow.objects.create(truck=truck, name="rear", most_weight=0),
        lambda: TruckFactory(set_weight=0),
        lambda: TruckFactory(width=-1),
        lambda: TruckFactory(empty_weight=0),
    ]
    for act in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_rows_are_called_by_what_they_say(clash):
    gravel, truck = MaterialFactory(name="Gravel"), TruckFactory(vehicle__plate="T5")
    assert str(GroupClash.objects.get()) == "Food and Soil"
    assert str(ProductMaterial(product=ProductFactory(), material=gravel)) == (
        "Oak, seasoned: Gravel"
    )
    assert str(TruckLimit(truck=truck, material=gravel)) == "Gravel on T5"
    assert str(CompartmentRow(name="front")) == "front"
    assert str(Material(name="Mulch")) == "Mulch"
