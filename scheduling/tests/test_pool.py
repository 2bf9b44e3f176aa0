"""The pool of the board: searched, filtered, kept as a view, and shown by the page."""

import datetime as dt

import pytest

from portal.accounts.models import Role
from portal.setup.selectors.profile import business_zone
from portal.testing.days import business_today
from portal.testing.yard import JobFactory, RunFactory, StopFactory
from scheduling.errors import NothingToKeep
from scheduling.models import Job, Place, PoolView
from scheduling.selectors.pool import PoolFilter, Promised, pool_of
from scheduling.services.follow_places import place_at
from scheduling.services.keep_view import MOST_VIEWS, keep_view
from scheduling.tests.conftest import BOARD, PARTIAL
from scheduling.tests.conftest import BOARD_DAY as DAY

pytestmark = pytest.mark.django_db
NOON = dt.time(12)


def customers(pool):
    return sorted(card.customer for card in pool.cards)


@pytest.fixture
def jobs():
    made = []
    for name, street in (("Maria Alvarez", "118 Hickory Rd"), ("Dale Conley", "7 Mill St")):
        job = JobFactory(picking__order__customer__name=name)
        job.picking.destination.street = street
        job.picking.destination.save()
        made.append(job)
    return made


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("maria", ["Maria Alvarez"]),
        ("mill dale", ["Dale Conley"]),
        ("mill maria", []),
        ("41101 alv", ["Maria Alvarez"]),
        ("ashland OAK", ["Dale Conley", "Maria Alvarez"]),
        ("gravel", []),
    ],
)
def test_all_words_are_found_in_customer_address_order_or_product(jobs, words, found):
    assert customers(pool_of(PoolFilter(words=words))) == found


def test_an_order_is_found_by_its_number(jobs):
    [card] = pool_of(PoolFilter(words=jobs[0].order.name.lower())).cards

    assert card.job == jobs[0]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (-1, {Promised.LATE}),
        (0, {Promised.TODAY, Promised.WEEK}),
        (6, {Promised.WEEK}),
        (7, set()),
        (None, {Promised.NEVER}),
    ],
)
def test_a_day_that_was_promised_is_a_day_of_the_business(jobs, days, found):
    Job.objects.update(promised_at=None)
    if days is not None:
        day = business_today() + dt.timedelta(days=days)
        late = dt.datetime.combine(day, dt.time(23, 30), business_zone())
        Job.objects.filter(pk=jobs[0].pk).update(promised_at=late)

    for when in Promised:
        names = customers(pool_of(PoolFilter(promised=when)))
        assert ("Maria Alvarez" in names or (days is None and len(names) == 2)) == (when in found)


def test_what_needs_a_pin_is_filtered(jobs):
    jobs[0].place = place_at("118 Hickory Rd")
    jobs[0].save()
    Place.objects.update(state="NOT_FOUND")

    assert customers(pool_of(PoolFilter(needs_pin=True))) == ["Maria Alvarez"]


@pytest.mark.parametrize("most", [3, 2, 4])
def test_the_pool_shows_the_first_and_counts_all(jobs, django_assert_num_queries, most):
    JobFactory()

    with django_assert_num_queries(2):
        pool = pool_of(most=most)

    assert (len(pool.cards), pool.total, pool.is_cut) == (min(most, 3), 3, most < 3)


def test_the_board_searches_and_keeps_looking_for_the_same(office, jobs):
    page = office.get(f"{BOARD}&q=maria&promised=never&pin=").text

    assert "Maria Alvarez" in page
    assert "Dale Conley" not in page
    assert 'q=maria&amp;promised=never"' in page  # what others change is looked at so
    assert "Nothing that is to be scheduled fits" in office.get(f"{BOARD}&q=gravel").text
    nonsense = office.get(f"{BOARD}&promised=soon&most=0&q=dale").text
    assert "Dale Conley" in nonsense
    lost = office.post(f"/board/undo?day={DAY}&q=maria&pin=on")
    assert "q=maria&amp;pin=on" in lost.text
    keep = f"/board/views?day={DAY}&q=maria"
    assert office.post(keep, {"name": "x"}).url == f"{BOARD}&q=maria"


def test_the_board_shows_more_by_the_page(office, jobs):
    assert "show more" not in office.get(BOARD).text

    page = office.get(f"{BOARD}&most=1").text

    assert "1 of 2: show more" in page
    assert "most=41" in page


def test_a_lane_shows_more_by_the_page(office):
    run = RunFactory(day=DAY)
    for position in range(3):
        StopFactory(run=run, position=position)

    page = office.get(f"{BOARD}&most=2").text

    assert "2 of 3: show more" in page
    assert page.count("data-job=") == 2
    assert 'class="count">3<' in page
    assert "show more" not in office.get(BOARD).text


def test_a_view_is_kept_by_name_for_whoever_made_it(office, signed_in, jobs):
    keep = f"/board/views?day={DAY}&q=maria&promised=never&pin=on"
    office.post(keep, {"name": "Hers"}, headers=PARTIAL)
    assert ">Hers</a>" in office.get(BOARD).text
    view = PoolView.objects.get()
    assert (str(view), view.query) == ("Hers", "q=maria&promised=never&pin=on")
    office.post(f"/board/views?day={DAY}&q=dale", {"name": "Hers"}, headers=PARTIAL)
    view.refresh_from_db()
    assert view.query == "q=dale"
    other = signed_in(Role.OFFICE)
    assert "Hers" not in other.get(BOARD).text

    other.post(f"/board/views/{view.pk}/forget?day={DAY}", headers=PARTIAL)
    assert "Hers" in office.get(BOARD).text
    office.post(f"/board/views/{view.pk}/forget?day={DAY}", headers=PARTIAL)
    assert "Hers" not in office.get(BOARD).text


def test_a_view_of_nothing_without_a_name_or_too_many_is_refused(office, dispatcher):
    nothing = office.post(f"/board/views?day={DAY}", {"name": "All"}, headers=PARTIAL)
    assert (nothing.status_code, "Search or filter first" in nothing.text) == (422, True)
    unnamed = office.post(f"/board/views?day={DAY}&q=oak", {"name": " "}, headers=PARTIAL)
    assert (unnamed.status_code, "Name of the view: " in unnamed.text) == (422, True)

    for number in range(MOST_VIEWS):
        keep_view(name=str(number), query="q=oak", owner=dispatcher)
    keep_view(name="0", query="q=ash", owner=dispatcher)
    with pytest.raises(NothingToKeep, match="too long"):
        keep_view(name="0", query="q=" + "%C3%A4" * 70, owner=dispatcher)
    with pytest.raises(NothingToKeep, match="20 views"):
        keep_view(name="one more", query="q=oak", owner=dispatcher)
