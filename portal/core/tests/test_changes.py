"""What open pages are told of changes, in whatever order transactions commit."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.core import changes
from portal.core.models import Change
from portal.core.tasks import forget_old_changes
from portal.testing.sessions import other_session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def somebody():
    with other_session() as session:
        yield session


def test_a_new_database_has_no_changes():
    assert changes.changed_since("0").topics == []


def test_a_change_is_told_once_to_a_page_that_keeps_up():
    before = changes.position_now()
    changes.touch("board")

    told = changes.changed_since(before)
    again = changes.changed_since(told.position)

    assert told.topics == ["board"]
    assert again.topics == []


def test_a_change_that_was_rolled_back_is_not_told():
    before = changes.position_now()
    with transaction.atomic():
        changes.touch("board")
        transaction.set_rollback(True)

    assert changes.changed_since(before).topics == []


def test_a_transaction_that_commits_late_is_not_missed(somebody):
    before = changes.position_now()
    somebody.execute(changes.RECORD, ["late"])
    changes.touch("early")

    first = changes.changed_since(before)
    somebody.commit()
    second = changes.changed_since(first.position)

    assert first.topics == ["early"]
    assert second.topics == ["late"]


def test_nothing_is_told_twice_while_somebody_else_s_transaction_stays_open(somebody):
    before = changes.position_now()
    somebody.execute(changes.RECORD, ["open for long"])
    changes.touch("board")

    first = changes.changed_since(before)
    second = changes.changed_since(first.position)

    assert (first.topics, second.topics) == (["board"], [])


def test_two_changes_of_a_topic_in_one_transaction_are_one():
    with transaction.atomic():
        changes.touch("board")
        changes.touch("board")

    assert str(Change.objects.get()).startswith("board at ")


def test_forgetting_keeps_the_newest_change_for_pages_that_slept():
    changes.touch("board")
    slept_since = changes.position_now()
    for _ in range(3):
        changes.touch("board")
    changes.touch("setup")
    Change.objects.update(at=timezone.now() - dt.timedelta(hours=1))

    forget_old_changes()

    assert Change.objects.count() == 2
    assert changes.changed_since(slept_since).topics == ["board", "setup"]


def test_forgetting_takes_no_change_from_a_page_that_could_not_see_it_yet(somebody):
    somebody.execute(changes.RECORD, ["board"])
    changes.touch("board")
    looked_at = changes.position_now()
    somebody.commit()

    forget_old_changes()

    assert changes.changed_since(looked_at).topics == ["board"]


def test_a_position_from_the_future_means_an_older_database_and_shows_everything():
    changes.touch("board")

    assert changes.changed_since("999999999:999999999:").topics == ["board"]


def test_changes_of_another_postgresql_are_told_once_and_not_for_ever():
    changes.touch("board")
    slept_since = changes.position_now()
    Change.objects.update(xid=10**12)
    Change.objects.create(topic="setup", xid=10**12 + 1, at=timezone.now())

    forget_old_changes()
    told = changes.changed_since(slept_since)

    assert told.topics == ["board", "setup"]
    assert changes.changed_since(told.position).topics == []
    assert Change.objects.filter(xid__gte=10**12).count() == 0


@given(st.from_regex(changes.POSITION, fullmatch=True) | st.text(max_size=30))
def test_any_text_is_a_position_or_refused(text):
    try:
        answer = changes.changed_since(text)
    except ValueError:
        return

    assert changes.changed_since(answer.position).topics == []


def test_the_database_of_the_tests_keeps_its_promises():
    with connection.cursor() as cursor:
        cursor.execute("show synchronous_commit")
        assert cursor.fetchone() == ("on",)
    assert settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
