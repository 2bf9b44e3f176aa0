"""Where trucks are: only while a run is on, from its own driver, and for some days."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from drivers.forms.positions import MOST
from drivers.models import Drive, DriverRules, Position
from drivers.services.keep_positions import LONGEST
from drivers.tasks import forget_old_positions
from drivers.tests.phone import DAY, Phone, phone_of
from drivers.views.positions import MOST_BYTES
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.core.changes import changed_since, position_now
from portal.testing.yard import StopFactory

pytestmark = pytest.mark.django_db
POSITIONS = reverse("drivers:positions")
LISTED = f"positions: send a list of at most {MOST}."
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def wanted():
    return DriverRules.objects.create(pk=1, keep_positions_days=7)


@pytest.fixture
def driven(phone, stop):
    """A run that began half an hour ago."""
    phone.do("STARTED", stop.run, at=timezone.now() - 30 * MINUTE)
    return stop.run


def measured(at=None):
    """Return a position as a phone says it."""
    at = at or timezone.now()
    return {"at": at.isoformat(), "latitude": 38.5, "longitude": -82.6, "accuracy": 12.4}


def post(phone, run, *positions, **about):
    """Send these in one request."""
    sent_at = (timezone.now() + phone.ahead).isoformat()
    body = {"driver": phone.driver.pk, "run": str(run.uuid), "sent_at": sent_at}
    listed = list(positions)
    return phone.client.post(
        POSITIONS, {**body, "positions": listed, **about}, content_type="application/json"
    )


@pytest.mark.django_db(transaction=True)
def test_what_is_measured_on_a_run_is_kept_once(phone, driven):
    before, long_ago = position_now(), timezone.now() - MINUTE
    Drive.objects.update(heard_at=long_ago)
    sent = [measured(timezone.now() - n * MINUTE) for n in (2, 1)]

    answers = [post(phone, driven, *sent) for _twice in range(2)]

    assert [one.json() for one in answers] == [{"kept": 2, "dropped": 0}] * 2
    first = Position.objects.order_by("at").first()
    assert Position.objects.count() == 2
    assert (str(first.latitude), str(first.longitude), first.accuracy) == (
        *("38.500000", "-82.600000"),
        12,
    )
    assert str(first) == f"position on {driven.pk}"
    assert Drive.objects.get().heard_at > long_ago
    assert "positions" in changed_since(before).topics


def test_a_clock_a_day_wrong_does_not_matter(stop, driven):
    phone = Phone(driven.driver.user, ahead=dt.timedelta(days=1))

    post(phone, driven, measured(timezone.now() - 5 * MINUTE + phone.ahead))

    age = timezone.now() - Position.objects.get().at
    assert abs(age - 5 * MINUTE) < MINUTE


def test_what_was_before_or_after_the_run_is_dropped(phone, driven):
    times = (-31, -20, -5, 1)
    Drive.objects.update(ended_at=timezone.now() - 10 * MINUTE)

    answer = post(phone, driven, *(measured(timezone.now() + n * MINUTE) for n in times))

    assert answer.json() == {"kept": 1, "dropped": 3}
    Drive.objects.update(ended_at=None)
    late = post(phone, driven, measured(timezone.now() + MINUTE))
    assert late.json() == {"kept": 0, "dropped": 1}, "nobody was there yet"


def test_who_forgets_to_end_the_run_is_not_followed_home(phone, driven):
    Drive.objects.update(started_at=timezone.now() - LONGEST - MINUTE)

    assert post(phone, driven, measured()).json()["kept"] == 0


@pytest.mark.parametrize("so_far", ["never heard", "heard", "not wanted"])
def test_nothing_is_kept_before_the_run_or_unless_the_business_wants_it(
    phone, stop, wanted, so_far
):
    if so_far == "heard":
        phone.do("VEHICLE", stop.run, defects="")
    if so_far == "not wanted":
        phone.do("STARTED", stop.run)
        DriverRules.objects.update(keep_positions_days=0)

    assert post(phone, stop.run, measured()).json() == {"kept": 0, "dropped": 1}
    assert not Position.objects.exists()


def test_another_driver_s_run_is_none(phone, driven):
    other = phone_of(StopFactory())

    assert post(other, driven, measured()).status_code == 404
    assert post(phone, driven, measured(), driver=other.driver.pk).status_code == 409
    assert not Position.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        *({"latitude": 90.1}, {"longitude": -181}, {"latitude": "NaN"}, {"latitude": None}),
        *({"accuracy": -1}, {"accuracy": 1e9}, {"accuracy": "Infinity"}, {"at": "yesterday"}),
    ],
)
def test_what_is_no_position_costs_no_other(phone, driven, odd):
    answer = post(phone, driven, {**measured(), **odd}, measured(), "here")

    assert answer.json() == {"kept": 1, "dropped": 2}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{", "This is no JSON."),
        ("[]", LISTED),
        ('{"positions": 1}', LISTED),
        ('{"positions": []}', "driver:"),
        (f'{{"positions": [{",".join("1" * (MOST + 1))}]}}', LISTED),
        (f'{{"positions": "{"x" * MOST_BYTES}"}}', "at most 32 kB"),
    ],
)
def test_what_is_no_request_is_named(phone, body, words):
    answer = phone.client.post(POSITIONS, body, content_type="application/json")

    assert (answer.status_code, words in answer.json()["error"]) == (400, True)


def test_the_phone_is_told_whether_it_is_asked(phone, driven):
    assert phone.client.get(DAY).json()["positions"] is True
    DriverRules.objects.update(keep_positions_days=0)
    assert phone.client.get(DAY).json()["positions"] is False


@pytest.mark.parametrize("number", [1, MOST])
def test_they_cost_as_many_queries_for_many(phone, driven, number, django_assert_max_num_queries):
    many = [measured(timezone.now() - n * dt.timedelta(seconds=10)) for n in range(number)]
    with django_assert_max_num_queries(12):
        assert post(phone, driven, *many).json()["kept"] == number


def test_they_are_forgotten_after_the_days_that_are_set(phone, driven, wanted):
    Drive.objects.update(started_at=timezone.now() - dt.timedelta(hours=15))
    post(phone, driven, *(measured(timezone.now() - n * MINUTE) for n in range(2)))
    old = Position.objects.order_by("at").first()
    Position.objects.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=7, minutes=1))

    forget_old_positions()
    assert Position.objects.count() == 1

    DriverRules.objects.update(keep_positions_days=0)
    forget_old_positions()
    assert not Position.objects.exists()


def test_the_database_keeps_positions_right(driven):
    at = timezone.now()
    with pytest.raises(IntegrityError, match="a_position_is_on_earth"):
        Position.objects.create(
            run=driven, at=at, phone_at=at, latitude=91, longitude=0, accuracy=1
        )


def test_an_administrator_says_for_how_many_days(signed_in):
    browser, change = signed_in(Role.ADMIN), reverse("drivers:rules-change")

    assert browser.post(change, {"keep_positions_days": "31"}).status_code == 422
    browser.post(change, {"keep_positions_days": "14"})

    assert DriverRules.objects.get().keep_positions_days == 14
    entry = AuditRow.objects.get(what="rules for drivers changed")
    assert entry.new["keep_positions_days"] == 14
    browser.post(change, {"keep_positions_days": ""})
    assert DriverRules.objects.get().keep_positions_days == 0


def test_no_log_names_where_anybody_is(phone, driven, caplog, capsys):
    post(phone, driven, measured(), {**measured(), "latitude": 91})
    said = capsys.readouterr()

    assert "38.5" not in f"{caplog.text}{said.out}{said.err}"
