"""A run in a real Odoo: one batch, with its truck, driver, time and title."""

import dataclasses
import datetime as dt
import uuid

import pytest

from odoo_bridge.models import OutboxEntry
from odoo_bridge.tests.outbox.yard import NOON

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


def test_the_run_has_one_batch_with_truck_driver_time_and_title(yard, send, send_again):
    run = yard.run(driver_odoo_id=yard.customer)

    [entry] = send(run)

    assert entry.state == "DONE", entry.last_error
    batch = yard.batch(run.run_uuid)
    assert (batch["vehicle_id"], batch["driver_id"]) == (yard.trucks[0], yard.customer)
    assert (batch["scheduled_date"], batch["description"]) == ("2026-11-23 17:00:00", run.title)
    assert batch["state"] == "draft"
    assert send_again() == []
    assert yard.batch(run.run_uuid) == batch


def test_a_run_that_changes_keeps_its_batch(yard, send, send_again):
    run = yard.run(driver_odoo_id=yard.customer)
    later = dataclasses.replace(
        run, title="Changed", vehicle_odoo_id=yard.trucks[1], starts_at=NOON + dt.timedelta(days=1)
    )

    send(run, later)

    batch = yard.batch(run.run_uuid)
    assert (batch["vehicle_id"], batch["driver_id"]) == (yard.trucks[1], yard.customer)
    assert (batch["scheduled_date"], batch["description"]) == ("2026-11-24 17:00:00", "Changed")


def test_a_run_without_a_driver_does_not_take_the_truck_s_own(yard, send, send_again):
    run = yard.run(vehicle_odoo_id=yard.trucks[1])

    send(run)

    assert yard.batch(run.run_uuid)["driver_id"] is False
    assert send_again() == []


@pytest.mark.parametrize("run_first", [True, False])
def test_whichever_comes_first_the_batch_is_complete(yard, send, send_again, run_first):
    run, [sold] = yard.run(), yard.sold()
    delivery = sold.plan(run.run_uuid, NOON - dt.timedelta(hours=2))

    entries = send(*([run, delivery] if run_first else [delivery, run]))

    assert {entry.state for entry in entries} == {"DONE"}
    batch = yard.batch(run.run_uuid)
    assert (batch["picking_ids"], batch["vehicle_id"]) == ([sold.picking], yard.trucks[0])
    assert batch["scheduled_date"] == "2026-11-23 15:00:00"  # Odoo's: the earliest of its transfers
    assert send_again() == []


def test_where_batches_know_no_vehicles_the_title_tells(yard, send, odoo_access):
    odoo_access.has_fleet_batches = False
    run = yard.run()

    [entry] = send(run)

    batch = yard.batch(run.run_uuid)
    assert entry.state == "DONE"
    assert (batch["description"], batch["vehicle_id"]) == (run.title, False)


def test_a_truck_that_odoo_does_not_have_parks_the_run_alone(yard, send):
    lost, run = yard.run(vehicle_odoo_id=999_999), yard.run(run_uuid=uuid.uuid4())

    parked, done = send(lost, run)

    assert (parked.state, parked.failed_step) == ("PARKED", "stock.picking.batch.load")
    assert "999999" in parked.last_error
    assert done.state == OutboxEntry.State.DONE
