"""Loads of runs that fetch something as well."""

import pytest

from portal.testing.yard import PickupFactory, RunFactory, StopFactory
from scheduling.models import Job, Place
from scheduling.selectors.board import board_of
from scheduling.selectors.run_problems import problems_of_runs
from scheduling.selectors.sheets import sheets_of
from scheduling.tests.conftest import BOARD_DAY

pytestmark = pytest.mark.django_db


def test_a_truck_that_has_brought_its_load_has_room_for_what_it_fetches(truck):
    truck.most_weight, truck.most_volume = 4000, 0
    truck.save()
    run = RunFactory(truck=truck, day=BOARD_DAY)
    brings = StopFactory(run=run)
    fetches = StopFactory(run=run, job=PickupFactory(state=Job.State.SCHEDULED), position=1)

    assert problems_of_runs([run.pk])[run.pk][1].run == []
    [lane] = board_of(day=BOARD_DAY).lanes
    assert (lane.weight, float(lane.volume)) == (3000, 7.2)
    [sheet] = sheets_of(day=BOARD_DAY)
    assert (sheet.weight, float(sheet.volume)) == (3000, 7.2)

    brings.position, fetches.position = 3, 2
    brings.save()
    fetches.save()
    [trouble] = problems_of_runs([run.pk])[run.pk][1].run
    assert trouble.words == "too heavy"
    [lane] = board_of(day=BOARD_DAY).lanes
    assert lane.weight == 6000


def test_what_was_fetched_stays_on_the_bed(truck):
    truck.most_weight, truck.most_volume, truck.empty_weight = 4000, 0, 6000
    truck.save()
    place = Place.objects.create(key="k", address="Hill 1", most_weight=10_000)
    run = RunFactory(truck=truck)
    was = StopFactory(run=run, position=1, job=PickupFactory(state=Job.State.DONE))
    was.done_at = run.starts_at
    was.save()
    stop = StopFactory(run=run, job=PickupFactory(state=Job.State.SCHEDULED, place=place))

    found = problems_of_runs([run.pk])[run.pk][1]
    assert [one.words for one in found.run] == ["too heavy"]
    assert [one.words for one in found.stops[stop.pk]] == ["truck too heavy"]

    stop.done_at = run.ends_at
    stop.save()
    assert problems_of_runs([run.pk])[run.pk][1].run == [], "the run is over"


def test_a_place_is_judged_by_what_the_truck_leaves_it_with(truck):
    truck.empty_weight = 6000
    truck.save()
    place = Place.objects.create(key="k", address="Hill 1", most_weight=8000)
    run = RunFactory(truck=truck)
    stop = StopFactory(run=run, job=PickupFactory(state=Job.State.SCHEDULED, place=place))

    found = problems_of_runs([run.pk])[run.pk][1]

    assert [one.words for one in found.stops[stop.pk]] == ["truck too heavy"]
