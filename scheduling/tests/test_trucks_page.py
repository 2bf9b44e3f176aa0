"""What is said of trucks: kept by an administrator, and each change is written down."""

from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse

from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.yard import MaterialFactory, TruckFactory
from scheduling.models import Compartment, Truck, TruckLimit
from scheduling.services import change_truck

pytestmark = pytest.mark.django_db
FIGURES = {
    "set_weight": "4200",
    "set_volume": "",
    "width": "2.55",
    "height": "3.1",
    "empty_weight": "9000",
    "reload_minutes": "30",
}


@pytest.fixture
def boss(signed_in):
    return signed_in(Role.ADMIN)


def page(boss, truck):
    return boss.get(reverse("scheduling:truck", args=[truck.pk])).text


def change(boss, truck, **values):
    address = reverse("scheduling:truck-change", args=[truck.pk])
    return boss.post(address, {**FIGURES, **values})


def add(boss, truck, kind, **values):
    return boss.post(reverse("scheduling:truck-add", args=[truck.pk, kind]), values)


def remove(boss, truck, kind, key):
    return boss.post(reverse("scheduling:truck-remove", args=[truck.pk, kind, key]))


def test_a_persons_figures_hold_at_once_and_go_back_to_odoos(boss, truck):
    assert "Empty: as Odoo says, 5,000 kg." in page(boss, truck)
    assert change(boss, truck).status_code == 302
    truck.refresh_from_db()
    assert (truck.most_weight, truck.most_volume, truck.width) == (4200, 6, Decimal("2.55"))
    assert (truck.empty_weight, truck.reload_minutes) == (9000, 30)
    [row] = AuditRow.objects.all()
    assert (row.what, row.old["reload_minutes"], "set_volume" in row.new) == (
        "truck changed",
        25,
        False,
    )

    change(boss, truck)
    assert AuditRow.objects.count() == 1, "nothing changed"
    change(boss, truck, set_weight="")
    truck.refresh_from_db()
    assert (truck.set_weight, truck.most_weight) == (None, 5000)


def test_where_odoo_does_not_say_the_page_says_so(boss):
    truck = TruckFactory(vehicle__category=None, vehicle__plate="", is_active=False)
    text = page(boss, truck)
    assert text.count("Empty: unknown. Odoo does not say.") == 2
    assert "Not in use" in text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("set_weight", "0", "greater than or equal to 0.01"),
        ("width", "-1", "greater than or equal to 0.01"),
        ("height", "101", "less than or equal to 100"),
        ("empty_weight", "x", "Enter a number"),
        ("reload_minutes", "", "required"),
        ("reload_minutes", "601", "less than or equal to 600"),
    ],
)
def test_what_is_no_figure_is_refused_by_its_field(boss, truck, field, value, words):
    answer = change(boss, truck, **{field: value})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert f'id="truck-{field}_error"' in answer.text
    assert not Truck.objects.filter(reload_minutes=30).exists()
    assert not AuditRow.objects.exists()


def test_limits_and_compartments_are_added_and_removed(boss, truck):
    gravel = MaterialFactory(name="Gravel")
    limit = {"material": gravel.pk, "most_weight": "4000", "most_volume": "2.5"}
    part = {"name": "Front", "most_weight": "900", "most_volume": "3"}
    for kind, values, model in (("limit", limit, TruckLimit), ("compartment", part, Compartment)):
        assert add(boss, truck, kind, **values).status_code == 302
        assert add(boss, truck, kind, **values).status_code == 422
        assert model.objects.get().truck == truck
    text = page(boss, truck)
    assert "at most 4,000 kg" in text
    assert "at most 2.5 m³ with its heap" in text
    assert "3 m³ level" in text
    listed = boss.get("/setup/trucks/").text
    assert "1 limit" in listed
    assert "1 compartment" in listed

    other = TruckFactory()
    for kind, model in (("limit", TruckLimit), ("compartment", Compartment)):
        key = model.objects.get().pk
        remove(boss, other, kind, key)
        assert model.objects.exists(), "it is another truck's"
        remove(boss, truck, kind, key)
        assert not model.objects.exists()
    said = list(AuditRow.objects.order_by("pk").values_list("what", flat=True))
    assert said == [
        "truck limit added",
        "truck compartment added",
        "truck limit removed",
        "truck compartment removed",
    ]


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("limit", {"most_weight": "1"}, "required"),
        ("limit", {"material": True}, "Type how much"),
        ("limit", {"material": True, "most_volume": "0"}, "greater than or equal to 0.01"),
        ("compartment", {"most_weight": "1"}, "required"),
        ("compartment", {"name": "Front", "most_volume": "-1"}, "greater than or equal to 0.01"),
    ],
)
def test_what_limits_nothing_is_refused(boss, truck, kind, values, words):
    if values.get("material"):
        values = {**values, "material": MaterialFactory().pk}
    answer = add(boss, truck, kind, **values)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert not TruckLimit.objects.exists()
    assert not Compartment.objects.exists()


def test_a_bed_is_divided_only_so_often(boss, truck, monkeypatch):
    monkeypatch.setattr(change_truck, "MOST_COMPARTMENTS", 1)
    add(boss, truck, "compartment", name="Front")
    assert "at most 1 compartments" in add(boss, truck, "compartment", name="Rear").text
    assert Compartment.objects.count() == 1


def test_days_in_service_are_added_and_removed(boss, truck):
    days = {"first_day": "2026-12-01", "last_day": "2026-12-03", "words": "Brakes"}
    assert add(boss, truck, "service", **days).status_code == 302
    assert add(boss, truck, "service", first_day="2026-12-09").status_code == 302, "one day"
    again = add(boss, truck, "service", **days)
    assert (again.status_code, "on the list already" in again.text) == (422, True)
    text = page(boss, truck)
    assert "Tue 1 Dec 2026 – Thu 3 Dec 2026</b>" in text  # noqa: RUF001 - as it is shown
    assert "Brakes" in text
    assert "Wed 9 Dec 2026</b>" in text

    row = truck.services.get(words="Brakes")
    remove(boss, TruckFactory(), "service", row.pk)
    assert truck.services.count() == 2, "it is another truck's"
    remove(boss, truck, "service", row.pk)
    assert str(truck.services.get()) == "2026-12-09 to 2026-12-09"
    said = list(AuditRow.objects.order_by("pk").values_list("what", flat=True))
    assert said == [*["truck service added"] * 2, "truck service removed"]


@pytest.mark.parametrize(
    ("field", "values", "words"),
    [
        ("first_day", {}, "required"),
        ("first_day", {"first_day": "soon"}, "Enter a valid date"),
        ("last_day", {"last_day": "2026-11-30"}, "before the first day"),
        ("last_day", {"last_day": "2028-01-01"}, "longer than a year"),
        ("words", {"words": "x" * 121}, "at most 120 characters"),
    ],
)
def test_days_that_are_none_are_refused_by_their_field(boss, truck, field, values, words):
    first = {"first_day": "2026-12-01"} if values else {}
    answer = add(boss, truck, "service", **{**first, **values})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert f'id="service-{field}_error"' in answer.text
    assert not truck.services.exists()


def test_the_database_keeps_no_service_that_ends_before_it_begins(truck):
    with pytest.raises(IntegrityError, match="a_service_ends_after_it_begins"):
        truck.services.create(first_day="2026-12-02", last_day="2026-12-01")


def test_there_is_no_other_list_and_no_other_truck(boss, truck):
    assert add(boss, truck, "pirates").status_code == 404
    assert remove(boss, truck, "pirates", 1).status_code == 404
    assert boss.get("/setup/trucks/0/").status_code == 404


def test_the_list_is_read_in_one_query_and_those_in_use_come_first(
    boss, django_assert_max_num_queries
):
    assert "No trucks yet" in boss.get("/setup/trucks/").text
    idle = TruckFactory(vehicle__plate="A", is_active=False, most_weight=0, most_volume=0)
    TruckFactory(vehicle__plate="B", width=2, height=3, empty_weight=8000)
    with django_assert_max_num_queries(10):
        text = boss.get("/setup/trucks/").text
    assert text.index(">B</a>") < text.index(f">{idle}</a>")
    assert "not in use" in text
    assert "undivided" in text
