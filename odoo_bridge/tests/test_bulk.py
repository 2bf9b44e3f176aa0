"""Acting on many entries at once: each for itself, and an answer that counts."""

import hashlib

import pytest
from django.urls import reverse

from odoo_bridge.models import Conflict, OutboxEntry
from odoo_bridge.services import act_on_many
from portal.accounts.models import Role
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db
State = OutboxEntry.State
PARKED, CONFLICTS = reverse("odoo_bridge:bulk-parked"), reverse("odoo_bridge:bulk-conflicts")
DESK = reverse("odoo_bridge:desk")
NO_LOT = hashlib.md5(b"No lot number.", usedforsecurity=False).hexdigest()


@pytest.fixture
def parked(entry_in):
    """Three that Odoo refused: two for one reason, one for another."""
    reasons = ("No lot number.", "No lot number.", "No customer.")
    return [entry_in(State.PARKED, last_error=reason) for reason in reasons]


def states():
    return list(OutboxEntry.objects.order_by("pk").values_list("state", flat=True))


def test_the_desk_lets_choose_when_there_are_several(signed_in, parked):
    page = signed_in(Role.OFFICE).get(DESK).text

    assert page.count('form="bulk-parked"') == 3
    assert f'<option value="{NO_LOT}">all 2 with: No lot number.</option>' in page
    assert "all 1 with" not in page


def test_one_alone_is_not_chosen_from(signed_in, entry_in):
    entry_in(State.PARKED)

    assert "bulk-parked" not in signed_in(Role.OFFICE).get(DESK).text


def test_the_chosen_ones_are_tried_again_and_counted(signed_in, parked):
    answer = signed_in(Role.OFFICE).post(
        PARKED, {"act": "retry", "entry": [one.pk for one in parked[:2]]}
    )

    assert answer.status_code == 200
    assert "2 were queued again." in answer.text
    assert "These were not" not in answer.text
    assert states() == [State.QUEUED, State.QUEUED, State.PARKED]
    assert AuditRow.objects.filter(what="outbox entry retried").count() == 2


def test_all_with_the_same_reason_are_dropped_with_one_note(signed_in, parked):
    answer = signed_in(Role.OFFICE).post(
        PARKED, {"act": "drop", "reason": NO_LOT, "note": "Counted by hand."}
    )

    assert "2 were dropped." in answer.text
    assert states() == [State.DROPPED, State.DROPPED, State.PARKED]
    assert set(OutboxEntry.objects.values_list("note", flat=True)) == {"Counted by hand.", ""}


def test_one_that_has_moved_on_does_not_spoil_the_rest_and_is_named(signed_in, parked):
    OutboxEntry.objects.filter(pk=parked[0].pk).update(state=State.DONE)

    answer = signed_in(Role.OFFICE).post(
        PARKED, {"act": "retry", "entry": [one.pk for one in parked]}
    )

    assert "2 were queued again." in answer.text
    assert "A lead: T · This change no longer waits for a person: it is done now." in answer.text
    assert states() == [State.DONE, State.QUEUED, State.QUEUED]


def test_those_that_have_moved_on_are_not_meant_by_their_old_reason(signed_in, parked):
    OutboxEntry.objects.filter(pk=parked[0].pk).update(state=State.QUEUED)

    answer = signed_in(Role.OFFICE).post(PARKED, {"act": "drop", "reason": NO_LOT, "note": "x"})

    assert "1 was dropped." in answer.text
    assert states() == [State.QUEUED, State.DROPPED, State.PARKED]


def test_a_reason_that_nobody_has_any_more_stands_for_nobody(signed_in, parked):
    answer = signed_in(Role.OFFICE).post(PARKED, {"act": "retry", "reason": "0" * 32})

    assert "None was queued again." in answer.text


def test_only_so_many_at_once(signed_in, parked, monkeypatch):
    monkeypatch.setattr(act_on_many, "MOST_AT_ONCE", 1)

    answer = signed_in(Role.OFFICE).post(PARKED, {"act": "retry", "reason": NO_LOT})

    assert "1 was queued again." in answer.text
    assert states() == [State.QUEUED, State.PARKED, State.PARKED]


def test_more_refusals_than_can_be_named_are_counted(signed_in, parked, monkeypatch):
    monkeypatch.setattr("odoo_bridge.selectors.outbox.MOST", 1)
    OutboxEntry.objects.update(state=State.DONE)

    answer = signed_in(Role.OFFICE).post(
        PARKED, {"act": "retry", "entry": [one.pk for one in parked]}
    )

    assert "and 2 more" in answer.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"act": "retry"}, "Choose at least one."),
        ({"act": "drop", "entry": "1", "note": " "}, "Write why these changes are dropped."),
        ({"act": "retry", "entry": "one"}, "Choose from the list."),
        ({"act": "burn", "entry": "1"}, "not one of the available choices"),
    ],
)
def test_what_is_not_clear_is_refused_and_nothing_happens(signed_in, parked, data, words):
    answer = signed_in(Role.OFFICE).post(PARKED, data)

    assert answer.status_code == 422
    assert words in answer.text
    assert set(states()) == {State.PARKED}


def test_odoo_s_values_are_taken_for_all_chosen_conflicts(signed_in, in_conflict):
    office, chosen = signed_in(Role.OFFICE), [in_conflict("Ann"), in_conflict("Bea")]
    left = in_conflict("Cid")
    assert office.get(DESK).text.count('form="bulk-conflicts"') == 3

    answer = office.post(CONFLICTS, {"entry": [one.pk for one in chosen]})

    assert "2 were left as Odoo has it." in answer.text
    assert states() == [State.DROPPED, State.DROPPED, State.CONFLICT]
    assert set(Conflict.objects.filter(entry=left).values_list("choice", flat=True)) == {""}
    assert AuditRow.objects.filter(by=office.user).count() == 2


def test_a_conflict_that_was_decided_meanwhile_is_named(signed_in, in_conflict):
    office, entries = signed_in(Role.OFFICE), [in_conflict("Ann"), in_conflict("Bea")]
    office.post(CONFLICTS, {"entry": [entries[0].pk]})

    answer = office.post(CONFLICTS, {"entry": [one.pk for one in entries]})

    assert "1 was left as Odoo has it." in answer.text
    assert "data: Ann · This change no longer waits for a person" in answer.text


def test_choosing_no_conflict_is_refused(signed_in, in_conflict):
    in_conflict()

    answer = signed_in(Role.OFFICE).post(CONFLICTS)

    assert answer.status_code == 422
    assert "Choose at least one." in answer.text


def test_the_director_chooses_nothing(signed_in, parked, in_conflict):
    in_conflict("Ann")
    in_conflict("Bea")

    desk = signed_in(Role.DIRECTOR).get(DESK).text.partition("</main>")[0]
    assert 'type="checkbox"' not in desk
