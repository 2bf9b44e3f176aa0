"""The day on the board, made once for all who look."""

import re

import pytest
from django.test import Client

from portal.accounts.models import Role
from portal.core import bell
from portal.core.changes import touch
from portal.testing.yard import JobFactory, StopFactory
from scheduling.models import Stop
from scheduling.tests.conftest import BOARD
from scheduling.tests.conftest import BOARD_DAY as DAY

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(autouse=True)
def kept(settings, monkeypatch):
    settings.PARTS_ARE_KEPT = True
    monkeypatch.setattr(bell.Bell, "press", lambda _self: None)


def test_a_day_is_kept_until_a_topic_tells_of_a_change(office):
    office.get(BOARD)
    job = JobFactory()

    assert job.order.name not in office.get(BOARD).text
    touch("board")
    assert job.order.name in office.get(BOARD).text


def test_whoever_sees_a_kept_day_can_send_its_forms(office, person):
    stop = StopFactory(run__day=DAY)
    office.get(BOARD)
    other = Client(enforce_csrf_checks=True)
    other.force_login(person(Role.OFFICE))

    page = other.get(f"{BOARD}&q=").text
    lock = f"/board/jobs/{stop.job_id}/lock"
    token = TOKEN.search(page[page.index(lock) :]).group(1)
    answer = other.post(
        f"{lock}?day={DAY}", {"locked": "on", "csrfmiddlewaretoken": token}, follow=True
    )

    assert answer.status_code == 200
    assert Stop.objects.get().locked_by is not None


def test_a_kept_day_shows_nobody_more_than_the_own_role_may(office, signed_in):
    StopFactory(run__day=DAY)
    assert ">Move<" in office.get(BOARD).text

    director = signed_in(Role.DIRECTOR).get(BOARD).text

    assert ">Move<" not in director
    assert "csrfmiddlewaretoken" not in director[director.index('id="day"') :]


def test_a_card_s_links_lead_back_to_the_page_it_is_on(office):
    StopFactory(run__day=DAY)
    office.get(BOARD)

    assert f"where?job={Stop.objects.get().job_id}&amp;day={DAY}" in office.get(BOARD).text
    assert "q=oak&amp;" in office.get(f"{BOARD}&q=oak&promised=never").text
