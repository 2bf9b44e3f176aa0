"""A lead is won, or lost for a reason, in a real Odoo."""

import pytest

from odoo_bridge.models import OutboxEntry
from odoo_bridge.tests.outbox.leads import a_lead
from portal.local.faulty_faults import DROP_ANSWER, DUPLICATE

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State = OutboxEntry.State
FORM = "crm.lead.lost"
LOST = [f"{FORM}.create", f"{FORM}.action_lost_reason_apply"]


@pytest.fixture
def lead(yard, db):
    return a_lead(yard, type="opportunity")


def test_a_won_lead_stands_in_the_stage_of_those(lead, queue, drained, send_again):
    queue(lead.win())

    assert drained() == ["crm.lead.action_set_won"]

    row = lead.row("won_status")
    assert (row["won_status"], row["probability"]) == ("won", 100)
    assert lead.mirror().closed_at
    assert send_again() == []


def test_a_lost_lead_has_the_reason_of_odoo_s_list(yard, lead, queue, drained, send_again):
    [price] = yard.rows("crm.lost.reason", [["name", "=", "Too expensive"]])
    queue(lead.lose(" too EXPENSIVE"))

    assert drained() == LOST

    row = lead.row("won_status", "lost_reason_id")
    assert (row["won_status"], row["active"]) == ("lost", False)
    assert row["lost_reason_id"] == price["id"]
    assert not lead.mirror().active
    assert send_again() == []


def test_any_other_reason_stands_in_the_log_and_none_is_no_reason(yard, lead, send):
    without = a_lead(yard)

    entries = send(lead.lose("No <truck> in March"), without.lose())

    assert [entry.state for entry in entries] == [State.DONE, State.DONE]
    assert not lead.row("lost_reason_id")["lost_reason_id"]
    assert len([one for one in lead.log() if "No &lt;truck&gt; in March" in one]) == 1
    assert without.row("won_status")["won_status"] == "lost"
    assert not any("Lost Comment" in one for one in without.log())


def test_what_a_person_closed_so_in_odoo_stays_as_it_is(lead, queue, drained):
    lead.in_odoo("action_set_lost")
    [entry] = queue(lead.lose("Too expensive"))

    assert drained() == []

    entry.refresh_from_db()
    assert entry.state == State.DONE
    assert not lead.row("lost_reason_id")["lost_reason_id"]


def test_what_has_ended_the_other_way_in_odoo_is_for_a_person(yard, lead, send):
    won = a_lead(yard)
    lead.in_odoo("action_set_lost")
    won.in_odoo("action_set_won")

    entries = send(lead.win(), won.lose())

    assert [entry.state for entry in entries] == [State.PARKED, State.PARKED]
    assert [entry.last_error for entry in entries] == [
        "Lead “Oak, 2 cords” was lost in Odoo.",
        "Lead “Oak, 2 cords” was won in Odoo.",
    ]


@pytest.mark.parametrize("fault", [DROP_ANSWER, DUPLICATE], ids=lambda fault: fault.name)
def test_it_is_won_and_lost_once_after_any_fault(yard, lead, survive, fault):
    won = a_lead(yard)

    survive(lead.lose("No truck"), fault, LOST[-1])
    survive(won.win(), fault, "crm.lead.action_set_won")

    assert lead.row("won_status")["won_status"] == "lost"
    assert len([one for one in lead.log() if "No truck" in one]) == 1
    assert won.row("won_status")["won_status"] == "won"
