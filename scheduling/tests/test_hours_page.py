"""Hours and days off: kept by an administrator, and each change is written down."""

import datetime as dt

import pytest
from django.urls import reverse

from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.setup.models import BusinessProfile
from portal.testing.days import business_today
from portal.testing.yard import DriverFactory
from scheduling.models import Closure, DriverAbsence, OpeningHours, Shift

pytestmark = pytest.mark.django_db
PAGE = "/setup/hours/"
TODAY = business_today()
NEXT = TODAY + dt.timedelta(days=7)
DAYS = {"first_day": TODAY.isoformat(), "last_day": NEXT.isoformat()}


@pytest.fixture
def boss(signed_in):
    return signed_in(Role.ADMIN)


@pytest.fixture
def ben():
    return DriverFactory(user__name="Ben")


def add(boss, kind, **values):
    return boss.post(reverse("scheduling:hours-add", args=[kind]), values)


def week(boss, **hours):
    return boss.post(reverse("scheduling:hours-week"), hours)


def on_holidays(boss, year):
    return boss.post(reverse("scheduling:hours-holidays"), {"year": year})


def test_the_week_is_changed_and_what_changed_is_audited(boss):
    assert boss.get(PAGE).text.count('value="07:00"') == 5, "the first hours"
    hours = {"opens_0": "06:30", "closes_0": "16:00", "opens_5": "08:00", "closes_5": "12:00"}

    assert week(boss, **hours).status_code == 302
    assert dict(OpeningHours.objects.values_list("weekday", "opens")) == {
        0: dt.time(6, 30),
        5: dt.time(8),
    }
    assert AuditRow.objects.filter(what="opening hours changed").count() == 2

    week(boss, **hours)
    assert AuditRow.objects.count() == 2, "nothing changed"
    week(boss, opens_0="07:00", closes_0="16:00")
    assert [str(row) for row in OpeningHours.objects.all()] == ["07:00 to 16:00"]
    said = [(row.old["hours"], row.new["hours"]) for row in AuditRow.objects.order_by("pk")[2:]]
    assert said == [
        (["06:30:00", "16:00:00"], ["07:00:00", "16:00:00"]),
        (["08:00:00", "12:00:00"], None),
    ]


@pytest.mark.parametrize(
    ("hours", "field", "words"),
    [
        ({}, "opens_0", "Open on at least one day"),
        ({"opens_1": "07:00"}, "closes_1", "Type both times"),
        ({"closes_1": "07:00"}, "opens_1", "Type both times"),
        ({"opens_1": "x", "closes_1": "07:00"}, "opens_1", "Enter a valid time"),
        ({"opens_2": "17:00", "closes_2": "07:00"}, "closes_2", "not after the opening"),
    ],
)
def test_what_is_no_week_is_refused_by_its_field(boss, hours, field, words):
    answer = week(boss, **hours)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert f'id="week-{field}_error"' in answer.text
    assert not OpeningHours.objects.exists()


@pytest.mark.parametrize(
    ("kind", "values", "model", "shown"),
    [
        ("closure", {**DAYS, "name": "Stock-taking"}, Closure, "Stock-taking"),
        ("closure", {"first_day": DAYS["first_day"], "name": "Fair"}, Closure, "Fair"),
        ("absence", {**DAYS, "words": "call Eve"}, DriverAbsence, "call Eve"),
        ("shift", {"weekday": "0", "starts": "06:00", "ends": "14:00"}, Shift, "Monday 06:00 to"),
        (
            "shift",
            {"day": DAYS["last_day"], "starts": "6:00", "ends": "9:00"},
            Shift,
            "06:00 to 09",
        ),
    ],
)
def test_a_list_is_added_to_and_taken_from(boss, ben, kind, values, model, shown):
    if kind != "closure":
        values = {**values, "driver": ben.pk}
    assert add(boss, kind, **values).status_code == 302
    page = boss.get(PAGE).text
    assert shown in " ".join(page.split())
    assert add(boss, kind, **values).status_code == 422
    row = model.objects.get()
    assert str(row) in page or str(row) == f"{TODAY} to {NEXT}"

    for _time in range(2):
        boss.post(reverse("scheduling:hours-remove", args=[kind, row.pk]))
    assert not model.objects.exists()
    assert AuditRow.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("closure", {**DAYS}, "required"),
        ("closure", {"name": "x", "first_day": "tomorrow"}, "Enter a valid date"),
        ("closure", {"name": "x", "first_day": "2026-05-02", "last_day": "2026-05-01"}, "before"),
        ("closure", {"name": "x", "first_day": "2026-05-02", "last_day": "2029-05-01"}, "a year"),
        ("absence", {**DAYS, "driver": "0"}, "Select a valid choice"),
        ("shift", {"starts": "06:00", "ends": "07:00"}, "one of the two"),
        (
            "shift",
            {"weekday": "1", "day": "2026-05-02", "starts": "06:00", "ends": "07:00"},
            "one of the two",
        ),
        ("shift", {"weekday": "1", "starts": "06:00", "ends": "06:00"}, "not after the start"),
        ("shift", {"weekday": "7", "starts": "06:00", "ends": "07:00"}, "Select a valid choice"),
    ],
)
def test_what_is_no_time_is_refused(boss, ben, kind, values, words):
    answer = add(boss, kind, **{"driver": ben.pk, **values})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert not AuditRow.objects.exists()


def test_the_holidays_of_a_year_are_closures_that_can_be_removed(boss):
    year = TODAY.year + 1
    Closure.objects.create(
        first_day=dt.date(year, 12, 24), last_day=dt.date(year, 12, 26), name="Christmas leave"
    )
    assert on_holidays(boss, year).status_code == 302
    names = list(Closure.objects.filter(first_day__year=year).values_list("name", flat=True))
    assert "Thanksgiving Day" in names
    assert "Christmas Day" not in names, "closed already"
    assert AuditRow.objects.filter(what="closure added").count() == len(names) - 1

    on_holidays(boss, year)
    assert Closure.objects.count() == len(names)


@pytest.mark.parametrize(("year", "country"), [(TODAY.year - 1, "US"), (TODAY.year, "ZZ")])
def test_unknown_holidays_are_refused(boss, year, country):
    BusinessProfile.objects.update_or_create(
        pk=1, defaults={"name": "Y", "country": country, "time_zone": "America/New_York"}
    )
    answer = on_holidays(boss, year)
    assert answer.status_code == 422
    assert ("not known here" if country == "ZZ" else "Select a valid choice") in answer.text
    assert not Closure.objects.exists()


def test_without_drivers_the_page_says_where_they_come_from(boss):
    assert boss.get(PAGE).text.count("No drivers yet") == 2
    DriverFactory()
    assert "No drivers yet" not in boss.get(PAGE).text


def test_there_is_no_other_list(boss):
    assert add(boss, "pirates").status_code == 404
    assert boss.post(reverse("scheduling:hours-remove", args=["pirates", 1])).status_code == 404
