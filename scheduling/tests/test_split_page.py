"""The dialog that splits a load, with htmx and without JavaScript."""

import pytest
from django.urls import reverse

from odoo_bridge.models import Move, Picking
from portal.testing.mirrors import PickingFactory
from portal.testing.yard import JobFactory, PickupFactory, StopFactory
from scheduling.models import Job, Stop, Truck
from scheduling.selectors.parts import job_to_split, room_for
from scheduling.tests.conftest import BOARD_DAY, PARTIAL, put
from scheduling.tests.splitting import SAND, STONE, a_load, acknowledged, split

pytestmark = pytest.mark.django_db


@pytest.fixture
def job():
    return a_load()


def address(name, job):
    return f"{reverse(f'scheduling:{name}', args=[job.pk])}?day={BOARD_DAY}"


def key(product):
    return f"goes-{Move.objects.get(product__name=product, stays=None, odoo_id__lt=5000).pk}"


def test_what_does_not_fit_the_truck_is_filled_in(office, job, truck, dispatcher):
    put(job, truck, dispatcher, day=BOARD_DAY)
    stone = key(STONE)

    text = office.get(address("job-split", job), headers=PARTIAL).text

    assert '<section id="split-form"' in text
    assert f'name="{stone}" value="5"' in text
    assert f'name="{key(SAND)}" value="2"' in text
    assert f"What does not fit {truck} is filled in." in text
    assert "5,000 kg" in text
    assert "100 % full by weight, 42 % by volume" in text


def test_what_is_fetched_takes_room_until_the_load_is_brought(job, truck, dispatcher):
    put(job, truck, dispatcher, day=BOARD_DAY)
    stop = Stop.objects.get()
    fetched = PickupFactory(state=Job.State.SCHEDULED)
    pickup = StopFactory(run=stop.run, job=fetched, position=stop.position + 1)

    assert room_for(job_to_split(job.pk)).weight == truck.most_weight

    Stop.objects.filter(pk=stop.pk).update(position=pickup.position + 1)
    assert room_for(job_to_split(job.pk)).weight == truck.most_weight - 3000


def test_beside_others_on_the_truck_there_is_less_room(office, job, truck, dispatcher):
    other = StopFactory(run__truck=truck, run__day=BOARD_DAY)
    Move.objects.filter(picking=other.job.picking).update(demand=0)
    put(job, truck, dispatcher, day=BOARD_DAY)
    Truck.objects.update(most_weight=0)

    text = office.get(address("job-split", job)).text

    assert "<h1>Split a load</h1>" in text
    assert "% full by weight" not in text
    assert "% by volume" in text


def test_a_load_that_waits_suggests_nothing_and_says_what_it_weighs(office, job):
    text = office.get(address("job-split", job)).text

    assert "12,000 kg" in text
    assert "is filled in." not in text


def test_the_sums_follow_what_is_typed(office, job):
    asked = {key(STONE): "4", key(SAND): "no number", "seen": "0"}

    text = office.get(address("job-split-sums", job), asked, headers=PARTIAL).text

    assert '<div id="split-sums"' in text
    assert "8,000 kg" in text
    assert "4,000 kg" in text


def test_a_load_is_split_from_the_dialog(office, job):
    answer = office.post(
        address("job-part", job), {"seen": job.moves, key(STONE): "4"}, headers=PARTIAL
    )

    assert answer.status_code == 200
    assert f"{job.order.name} is split: its new part is to be scheduled." in answer.text
    board = office.get(f"/board/?day={BOARD_DAY}").text
    assert (board.count("1 of 2"), board.count("2 of 2")) == (1, 1)
    week = office.get(f"/board/?day={BOARD_DAY}&span=week").text
    assert (week.count("1 of 2"), week.count("2 of 2")) == (1, 1)


def test_without_javascript_a_split_leads_back_to_the_board(office, job):
    answer = office.post(address("job-part", job), {"seen": job.moves, key(STONE): "4"})

    assert answer.status_code == 302
    assert "its new part is to be scheduled" in office.get(answer.url).text


@pytest.mark.parametrize("headers", [PARTIAL, {}])
def test_a_refused_split_stands_with_what_was_typed(office, job, headers):
    stone = key(STONE)

    wrong = office.post(address("job-part", job), {"seen": 0, stone: "11"}, headers=headers)
    nothing = office.post(address("job-part", job), {"seen": 0}, headers=headers)
    stale = office.post(address("job-part", job), {"seen": 7, stone: "4"}, headers=headers)

    assert {answer.status_code for answer in (wrong, nothing, stale)} == {422}
    assert "Stone: Ensure this value is less than or equal to 10" in wrong.text
    assert f'name="{stone}" value="11"' in wrong.text
    assert "nothing does so far" in nothing.text
    assert "This page was not up to date." in stale.text
    assert Job.objects.count() == 1


def test_parts_are_merged_from_the_dialog(office, job, truck, dispatcher):
    part = acknowledged(split(job, dispatcher, Stone=4))
    put(part, truck, dispatcher, day=BOARD_DAY)
    part.refresh_from_db()
    job.refresh_from_db()
    dialog = office.get(address("job-split", job), headers=PARTIAL).text
    assert "Merge again" in dialog
    assert f'value="{part.pk}:{part.moves}"' in dialog
    assert f"{truck}, " in dialog
    names = {"this": f"{job.pk}:{job.moves}", "other": f"{part.pk}:{part.moves}"}

    answer = office.post(address("job-merge", job), names, headers=PARTIAL)

    assert answer.status_code == 200
    assert f"{job.order.name}: the two loads are one again." in answer.text
    again = office.post(address("job-merge", job), names, headers=PARTIAL)
    assert again.status_code == 422
    assert "split-refusal" in again.text


def test_a_part_that_odoo_has_not_made_says_so(office, job, dispatcher):
    split(job, dispatcher, Stone=4)

    text = office.get(address("job-split", job)).text

    assert "a part that Odoo has not made yet, to be scheduled." in text


def test_what_is_over_has_a_chip_and_no_dialog(office, job, dispatcher, truck):
    part = acknowledged(split(job, dispatcher, Stone=4))
    put(job, truck, dispatcher, day=BOARD_DAY)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)

    text = office.get(f"/board/?day={BOARD_DAY}").text

    assert '<span class="chip">1 of 2</span>' in text
    assert reverse("scheduling:job-split", args=[part.pk]) in text


def test_nothing_is_asked_of_a_job_that_is_not_there(office, job):
    gone = address("job-split", job).replace(f"/{job.pk}/", "/999999/")
    assert office.get(gone).status_code == 404
    this = f"{job.pk}:0"
    for names in (
        {},
        {"this": this, "other": "999999:0"},
        {"this": f"{JobFactory().pk}:0", "other": this},
    ):
        assert office.post(address("job-merge", job), names).status_code == 404


def test_a_load_of_which_nothing_is_known_says_so(office):
    picking = PickingFactory()
    Move.objects.all().delete()
    Picking.objects.update(move_ids=[])
    job = JobFactory(picking=picking, order=picking.order)

    assert "Nothing is known of this load yet." in office.get(address("job-split", job)).text
