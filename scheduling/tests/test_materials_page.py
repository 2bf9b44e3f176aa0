"""What is loaded: kept by an administrator, and each change is written down."""

from decimal import Decimal

import pytest
from django.urls import reverse

from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.mirrors import ProductFactory
from portal.testing.yard import MaterialFactory, TruckFactory
from scheduling.models import GroupClash, LoadGroup, Material, ProductMaterial, TruckLimit
from scheduling.selectors import materials

pytestmark = pytest.mark.django_db
PAGE = "/setup/materials/"
GRAVEL = {"name": "Gravel", "density": "1600", "heaping": "1.15", "group": ""}


@pytest.fixture
def boss(signed_in):
    return signed_in(Role.ADMIN)


def add(boss, kind, **values):
    return boss.post(reverse("scheduling:material-add", args=[kind]), values)


def remove(boss, kind, key):
    return boss.post(reverse("scheduling:material-remove", args=[kind, key]))


def change(boss, material, **values):
    address = reverse("scheduling:material-change", args=[material.pk])
    return boss.post(address, {**GRAVEL, **values})


def name(boss, *products, material="", q=""):
    sent = {"products": [one.pk for one in products], "material": material, "q": q}
    return boss.post(reverse("scheduling:materials-name"), sent)


def test_a_material_is_added_changed_and_removed(boss):
    assert add(boss, "material", **GRAVEL).status_code == 302
    gravel = Material.objects.get()
    assert (gravel.density, gravel.heaping, gravel.group) == (1600, Decimal("1.15"), None)
    assert "1,600 kg/m³, heap 1.15" in boss.get(PAGE).text
    assert add(boss, "material", **GRAVEL).status_code == 422

    soil = LoadGroup.objects.create(name="Soil")
    assert change(boss, gravel, density="", heaping="1", group=soil.pk).status_code == 302
    gravel.refresh_from_db()
    assert (gravel.density, gravel.heaping, gravel.group) == (0, 1, soil)
    [row] = AuditRow.objects.filter(what="load material changed")
    assert row.new == {"density": "0", "heaping": "1", "group_id": soil.pk}
    assert "density unknown, Soil" in boss.get(PAGE).text

    change(boss, gravel, density="0", heaping="1", group=soil.pk)
    assert AuditRow.objects.filter(what="load material changed").count() == 1, "nothing changed"

    for _time in range(2):
        assert remove(boss, "material", gravel.pk).status_code == 302
    assert not Material.objects.exists()
    assert AuditRow.objects.filter(what="load material removed").count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "required"),
        ({"density": "-1"}, "greater than or equal to 0"),
        ({"heaping": "0.9"}, "greater than or equal to 1"),
        ({"heaping": "x"}, "Enter a number"),
        ({"group": "7"}, "Select a valid choice"),
        ({"name": "Mulch"}, "Another material has this name"),
    ],
)
def test_what_is_no_material_is_refused_by_its_field(boss, values, words):
    MaterialFactory(name="Mulch")
    gravel = MaterialFactory(name="Gravel")

    answer = change(boss, gravel, **values)

    assert answer.status_code == 422
    assert words in answer.text
    assert "<details open>" in answer.text
    gravel.refresh_from_db()
    assert (gravel.name, gravel.density, gravel.heaping) == ("Gravel", 1600, 1)
    assert not AuditRow.objects.exists()


def test_two_groups_clash_once_whichever_is_named_first(boss):
    add(boss, "group", name="Food")
    assert "Add two groups first" in boss.get(PAGE).text
    add(boss, "group", name="Soil")
    assert "Add two groups first" not in boss.get(PAGE).text
    food, soil = LoadGroup.objects.order_by("name")
    assert add(boss, "group", name="Soil").status_code == 422

    assert add(boss, "clash", groups=[soil.pk, food.pk]).status_code == 302
    assert "Food and Soil" in boss.get(PAGE).text
    assert "on the list already" in add(boss, "clash", groups=[food.pk, soil.pk]).text
    for groups in ([], [food.pk], [food.pk, soil.pk, LoadGroup.objects.create(name="Fuel").pk]):
        assert "Tick two groups" in add(boss, "clash", groups=groups).text
    assert "Select a valid choice" in add(boss, "clash", groups=[food.pk, 0]).text
    assert GroupClash.objects.count() == 1


def test_what_is_in_use_is_not_removed(boss):
    gravel = MaterialFactory(name="Gravel", group=LoadGroup.objects.create(name="Soil"))
    TruckLimit.objects.create(truck=TruckFactory(), material=gravel, most_weight=1)

    for kind, key, words in (
        ("material", gravel.pk, "Gravel is still in use"),
        ("group", gravel.group_id, "Soil is still in use"),
    ):
        answer = remove(boss, kind, key)
        assert (answer.status_code, words in answer.text) == (422, True)
    assert not AuditRow.objects.exists()


def test_products_are_named_and_those_without_a_material_come_first(boss):
    gravel = MaterialFactory(name="Gravel")
    oak, pea = ProductFactory(name="A: oak"), ProductFactory(name="B: pea", code="P-1")
    ProductFactory(name="C: delivery", kind="service")
    ProductFactory(name="D: gone", active=False)
    ProductFactory(name="E: bare", weight=0, volume=0)

    answer = name(boss, oak, material=gravel.pk, q="A:")
    assert answer.url == f"{PAGE}?q=A%3A#products"
    text = boss.get(PAGE).text
    assert text.index("B: pea") < text.index("A: oak")
    assert "C: delivery" not in text
    assert "D: gone" not in text
    assert text.count("Odoo knows no weight and no volume") == 1

    name(boss, oak, pea, material=gravel.pk)
    assert {row.product for row in ProductMaterial.objects.all()} == {oak, pea}
    changes = AuditRow.objects.filter(what="material of a product changed")
    assert [row.new for row in changes] == [{"material": gravel.pk}] * 2

    name(boss, pea)
    assert [row.product for row in ProductMaterial.objects.all()] == [oak]
    assert changes.latest("pk").old == {"material": gravel.pk}


def test_products_are_searched_by_name_and_code(boss, monkeypatch):
    for n in range(3):
        ProductFactory(name=f"Pine {n}", code=f"X{n}")
    assert "Pine 1" in boss.get(PAGE, {"q": "pine x1"}).text
    assert "Pine 2" not in boss.get(PAGE, {"q": "pine x1"}).text
    assert "No product has all of these words" in boss.get(PAGE, {"q": "oak"}).text
    assert "There are more" not in boss.get(PAGE).text
    monkeypatch.setattr(materials, "MOST", 2)
    assert "There are more" in boss.get(PAGE).text


def test_a_product_that_is_gone_and_has_a_material_is_still_shown(boss):
    gone = ProductFactory(name="Gone oak", active=False)
    ProductMaterial.objects.create(product=gone, material=MaterialFactory())
    assert "Gone oak" in boss.get(PAGE).text


def test_no_ticked_product_changes_nothing(boss):
    answer = name(boss, material=MaterialFactory().pk)
    assert (answer.status_code, "Odoo has no products" in answer.text) == (422, True)
    ProductFactory()
    assert "Tick at least one product" in name(boss).text


def test_there_is_no_other_list(boss):
    assert add(boss, "pirates").status_code == 404
    assert remove(boss, "pirates", 1).status_code == 404


def test_the_page_asks_as_much_however_long_its_lists_are(boss, django_assert_max_num_queries):
    gravel = MaterialFactory(group=LoadGroup.objects.create(name="Soil"))
    MaterialFactory()
    for _one in range(3):
        ProductMaterial.objects.create(product=ProductFactory(), material=gravel)
    boss.get(PAGE)
    with django_assert_max_num_queries(16):
        boss.get(PAGE)
