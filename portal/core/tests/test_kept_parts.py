"""Parts of pages that are made once for all who look."""

import pytest
from django.core.cache import caches

from portal.core import kept_parts
from portal.core.changes import touch
from portal.core.kept_parts import kept_part

pytestmark = pytest.mark.django_db(transaction=True)
TOPICS = {"board", "orders"}


@pytest.fixture(autouse=True)
def memory(settings):
    kept = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "parts": {"BACKEND": kept, "LOCATION": "of this test"}}
    caches["parts"].clear()


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
    first = kept_part(("day", 1), TOPICS, maker)
    touch("inbox")

    with django_assert_num_queries(1):
        again = kept_part(("day", 1), TOPICS, maker)
    touch("orders")

    assert (first, again) == ("made 1", "made 1")
    assert kept_part(("day", 1), TOPICS, maker) == "made 2"
    assert kept_part(("day", 1), TOPICS, maker) == "made 2"


def test_another_name_is_another_part(maker):
    assert kept_part(("day", 1), TOPICS, maker) == "made 1"
    assert kept_part(("day", "1"), TOPICS, maker) == "made 2"


def test_a_change_while_it_is_made_counts(maker):
    def make():
        touch("board")
        return maker()

    assert kept_part("day", TOPICS, make) == "made 1"
    assert kept_part("day", TOPICS, maker) == "made 2"


def test_what_tells_no_topic_shows_after_a_while(maker, monkeypatch):
    monkeypatch.setattr(kept_parts, "LONGEST", 0)

    assert kept_part("day", TOPICS, maker) == "made 1"
    assert kept_part("day", TOPICS, maker) == "made 2"


def test_what_is_very_large_is_not_kept(maker, monkeypatch):
    monkeypatch.setattr(kept_parts, "LARGEST", 5)

    assert kept_part("day", TOPICS, maker) == "made 1"
    assert kept_part("day", TOPICS, maker) == "made 2"
