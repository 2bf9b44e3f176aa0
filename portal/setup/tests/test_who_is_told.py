"""Who is told: without doubles, and only who may sign in."""

import pytest

from portal.accounts.models import Role
from portal.setup.selectors.who_is_told import telling_choices, who_is_told
from portal.setup.services.change_who_is_told import change_who_is_told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number_of_people", [1, 20])
def test_who_is_told_takes_the_same_queries_however_many(
    person, django_assert_num_queries, number_of_people
):
    people = [person(Role.OFFICE) for _ in range(number_of_people)]
    keys = [one.pk for one in people]
    change_who_is_told(people=keys, addresses=[], chat_url=None, by=people[0])

    with django_assert_num_queries(2):
        assert len(who_is_told().addresses) == number_of_people
    with django_assert_num_queries(3):
        assert telling_choices().people == [(one, True) for one in sorted(people, key=str)]


def test_who_may_not_sign_in_any_more_is_not_told(person):
    ann = person(Role.ADMIN, email="ann@yard.test")
    change_who_is_told(people=[ann.pk], addresses=["ann@yard.test"], chat_url="", by=ann)
    assert who_is_told().addresses == ("ann@yard.test",)

    ann.is_active = False
    ann.save()
    change_who_is_told(people=[ann.pk], addresses=[], chat_url="", by=ann)

    assert who_is_told().addresses == ()
