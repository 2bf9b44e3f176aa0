"""Parts of pages that are made once for all who look."""

import datetime as dt

import pytest
from django.db import connection

from portal.core import bell, kept_parts
from portal.core.changes import touch
from portal.core.kept_parts import forget_parts, kept_part, make_part, stale_parts
from portal.core.models import KeptPart

pytestmark = pytest.mark.django_db(transaction=True)
TOPICS = {"board", "orders"}
NAME, OTHER = ("day", "1", True), ("day", "2", True)
AT_ONCE = dt.timedelta(0)


@pytest.fixture(autouse=True)
def kept(settings, monkeypatch):
    settings.PARTS_ARE_KEPT = True
    monkeypatch.setattr(bell.Bell, "press", lambda _self: None)


@pytest.fixture
def made():
    return []


@pytest.fixture
def maker(made):
    def make():
        made.append(1)
        return f"made {len(made)}"

    return make


def test_a_part_is_made_once_until_one_of_its_topics_changes(maker, django_assert_num_queries):
    first = kept_part(NAME, TOPICS, maker)
    touch("inbox")

    with django_assert_num_queries(1):
        again = kept_part(NAME, TOPICS, maker)
    touch("orders")

    assert (first, again) == ("made 1", "made 1")
    assert kept_part(NAME, TOPICS, maker) == "made 2"
    assert kept_part(NAME, TOPICS, maker) == "made 2"


def test_another_name_is_another_part(maker):
    assert kept_part(("day", True), TOPICS, maker) == "made 1"
    assert kept_part(("day", "true"), TOPICS, maker) == "made 2"


def test_a_change_while_it_is_made_counts(maker):
    def make():
        touch("board")
        return maker()

    assert kept_part(NAME, TOPICS, make) == "made 1"
    assert kept_part(NAME, TOPICS, maker) == "made 2"


def test_a_change_while_a_worker_makes_it_counts(maker):
    def make():
        touch("board")
        return maker()

    make_part(NAME, make)

    assert kept_part(NAME, TOPICS, maker) == "made 2"


def test_what_tells_no_topic_shows_after_a_while(maker, monkeypatch):
    monkeypatch.setattr(kept_parts, "LONGEST", AT_ONCE)

    assert kept_part(NAME, TOPICS, maker) == "made 1"
    assert kept_part(NAME, TOPICS, maker) == "made 2"


def test_what_is_very_large_is_not_kept(maker, monkeypatch):
    monkeypatch.setattr(kept_parts, "LARGEST", 5)

    assert kept_part(NAME, TOPICS, maker) == "made 1"
    assert kept_part(NAME, TOPICS, maker) == "made 2"


def test_what_became_too_large_is_not_shown_as_it_was_and_is_not_made_ahead_for_ever(
    maker, monkeypatch
):
    kept_part(NAME, TOPICS, maker)
    touch("board")
    monkeypatch.setattr(kept_parts, "LARGEST", 5)
    make_part(NAME, maker)

    assert stale_parts("day", TOPICS, always=[NAME]) == []
    assert kept_part(NAME, TOPICS, maker) == "made 3"


def test_nothing_is_kept_where_nobody_tells_of_changes(maker, settings):
    settings.PARTS_ARE_KEPT = False

    assert kept_part(NAME, TOPICS, maker) == "made 1"
    assert kept_part(NAME, TOPICS, maker) == "made 2"
    assert not KeptPart.objects.exists()


def test_what_was_kept_in_a_later_copy_of_the_database_is_not_shown(maker):
    kept_part(NAME, TOPICS, maker)
    later = 10**12
    KeptPart.objects.update(position=f"{later}:{later}:")

    assert kept_part(NAME, TOPICS, maker) == "made 2"


def test_what_was_asked_for_lately_is_made_before_it_is_asked_for_again(maker):
    kept_part(NAME, TOPICS, maker)
    assert stale_parts("day", TOPICS, always=[]) == []
    touch("orders")

    assert stale_parts("day", TOPICS, always=[]) == [NAME]
    make_part(NAME, maker)

    assert stale_parts("day", TOPICS, always=[]) == []
    assert kept_part(NAME, TOPICS, maker) == "made 2"


def test_what_a_worker_makes_is_asked_for_by_nobody(maker):
    make_part(NAME, maker)
    assert str(KeptPart.objects.get()).startswith("['day', '1', True] made 20")
    touch("orders")
    assert stale_parts("day", TOPICS, always=[]) == []

    kept_part(NAME, TOPICS, maker)
    make_part(NAME, maker)
    touch("orders")

    assert stale_parts("day", TOPICS, always=[]) == [NAME], "the making forgot who had asked"


def test_what_nobody_asks_for_any_more_is_left(maker, monkeypatch):
    kept_part(NAME, TOPICS, maker)
    kept_part(("week",), TOPICS, maker)
    touch("orders")
    monkeypatch.setattr(kept_parts, "ASKED_LATELY", AT_ONCE)

    assert stale_parts("day", TOPICS, always=[]) == []
    assert stale_parts("day", TOPICS, always=[OTHER, NAME]) == [OTHER, NAME]


def test_only_the_latest_of_what_was_asked_for_is_made_ahead(maker, monkeypatch):
    monkeypatch.setattr(kept_parts, "MOST_AHEAD", 1)
    always = ("day", "always", True)
    for name in (always, NAME, OTHER):
        kept_part(name, TOPICS, maker)
    touch("orders")

    assert stale_parts("day", TOPICS, always=[always]) == [always, OTHER]


def test_what_is_wanted_always_is_made_when_there_is_none_and_before_it_is_too_old(
    maker, monkeypatch
):
    assert stale_parts("day", TOPICS, always=[NAME]) == [NAME]
    make_part(NAME, maker)
    assert stale_parts("day", TOPICS, always=[NAME]) == []

    monkeypatch.setattr(kept_parts, "SOON_OVER", AT_ONCE)

    assert stale_parts("day", TOPICS, always=[NAME]) == [NAME]


def test_what_was_made_a_moment_ago_rests_though_it_has_changed(maker):
    make_part(NAME, maker)
    touch("orders")

    assert stale_parts("day", TOPICS, always=[NAME], rest=dt.timedelta(hours=1)) == []
    assert stale_parts("day", TOPICS, always=[NAME]) == [NAME]
    assert kept_part(NAME, TOPICS, maker) == "made 2", "somebody was shown what has changed"


def test_what_a_request_made_does_not_rest(maker):
    make_part(NAME, maker)
    touch("orders")
    kept_part(NAME, TOPICS, maker)
    touch("orders")

    assert stale_parts("day", TOPICS, always=[NAME], rest=dt.timedelta(hours=1)) == [NAME]
    make_part(NAME, maker)
    touch("orders")
    assert stale_parts("day", TOPICS, always=[NAME], rest=dt.timedelta(hours=1)) == []


def test_only_what_may_not_be_shown_any_more_is_forgotten(maker, monkeypatch):
    kept_part(NAME, TOPICS, maker)
    forget_parts()
    assert KeptPart.objects.count() == 1

    monkeypatch.setattr(kept_parts, "LONGEST", AT_ONCE)
    forget_parts()

    assert not KeptPart.objects.exists()


def test_it_costs_no_log():
    with connection.cursor() as cursor:
        cursor.execute("select relpersistence from pg_class where relname = 'core_keptpart'")
        assert cursor.fetchone() == ("u",)
