"""The sync desk: what was changed here and in Odoo, side by side, and how a person decides."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from odoo_bridge.models import Conflict, OutboxEntry
from odoo_bridge.selectors.outbox import outbox_figures
from portal.accounts.models import Role
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db
State = OutboxEntry.State
DESK = reverse("odoo_bridge:desk")


def resolve(browser, entry, **chosen):
    found = {one.key: one.pk for one in Conflict.objects.filter(entry=entry, choice="")}
    data = {f"conflict-{found[key]}": choice for key, choice in chosen.items()}
    return browser.post(reverse("odoo_bridge:resolve", args=[entry.pk]), data)


def words_of(page):
    """Return the page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_desk_shows_the_three_sides_in_words_with_who_and_when(signed_in, in_conflict):
    in_conflict()

    page = words_of(signed_in(Role.OFFICE).get(DESK).text)

    assert "A customer&#x27;s data: Maria Alvarez" in page
    assert "Phone 1 2 —" in page
    assert "Street 1 Oak St 2 Elm St 1 Oak St City Ashland Ashland Grayson" in page
    assert "State Kentucky Kentucky #8 Country #233 #233 #233" in page
    assert "Postcode" not in page
    assert "last written in Odoo by Mitchell Admin, 21 Nov" in page
    assert "Keep mine" in page


def test_a_field_without_a_name_of_ours_is_shown_by_odoo_s(signed_in, in_conflict):
    Conflict.objects.create(
        entry=in_conflict(),
        key="x_gate",
        base={"x_gate": "1", "phone": ""},
        mine={"x_gate": "2", "phone": ""},
        theirs={"x_gate": "3", "phone": "4"},
    )

    page = words_of(signed_in(Role.OFFICE).get(DESK).text)

    assert "Phone — — 4 x_gate 1 2 3" in page


def test_who_changed_it_may_be_unknown(signed_in, in_conflict):
    in_conflict()
    Conflict.objects.update(changed_by="", changed_at=None)

    page = words_of(signed_in(Role.OFFICE).get(DESK).text)

    assert "last written in Odoo Keep mine" in page


def test_the_oldest_conflict_comes_first(signed_in, in_conflict):
    in_conflict("First")
    in_conflict("Second")

    page = signed_in(Role.OFFICE).get(DESK).text

    assert page.index("data: First") < page.index("data: Second")


def test_the_figures_count_conflicts(in_conflict):
    in_conflict()

    figures = outbox_figures()

    assert (figures.conflicts, figures.parked, figures.for_a_person) == (1, 0, 1)


def test_applying_the_choices_queues_the_entry_and_rings_the_bell(
    signed_in, in_conflict, django_capture_on_commit_callbacks
):
    entry, office = in_conflict(), signed_in(Role.OFFICE)

    with django_capture_on_commit_callbacks() as bells:
        answer = resolve(office, entry, phone="THEIRS", address="MINE")

    entry.refresh_from_db()
    assert answer.status_code == 200
    assert "Keep mine" not in answer.text
    assert (entry.state, entry.attempts) == (State.QUEUED, 0)
    assert (entry.payload["phone"], entry.payload["street"]) == (None, "2 Elm St")
    assert (entry.payload["city"], entry.payload["state_odoo_id"]) == ("Ashland", 7)
    assert (entry.base["phone"], entry.base["city"]) == (False, "Grayson")
    assert len(bells) == 1
    assert AuditRow.objects.get().by == office.user


@pytest.mark.parametrize("chosen", [{"phone": "MINE"}, {"phone": "MINE", "address": "BOTH"}])
def test_without_a_choice_for_each_nothing_happens(signed_in, in_conflict, chosen):
    entry = in_conflict()

    answer = resolve(signed_in(Role.OFFICE), entry, **chosen)

    entry.refresh_from_db()
    assert answer.status_code == 422
    assert "Choose for each of these what shall stand." in answer.text
    assert entry.state == State.CONFLICT


def test_who_decides_too_late_is_told_what_has_become_of_it(signed_in, in_conflict):
    entry, office = in_conflict(), signed_in(Role.OFFICE)
    resolve(office, entry, phone="MINE", address="MINE")

    answer = resolve(office, entry)

    assert answer.status_code == 422
    assert "it is waiting now" in answer.text


def test_a_conflict_is_dropped_with_a_note(signed_in, in_conflict):
    entry, office = in_conflict(), signed_in(Role.OFFICE)
    drop = reverse("odoo_bridge:entry-drop", args=[entry.pk])
    refused = office.post(drop, {"note": ""})
    assert refused.status_code == 422
    assert "<details" in refused.text
    assert 'aria-invalid="true"' in refused.text

    office.post(drop, {"note": "She moved."})

    entry.refresh_from_db()
    assert (entry.state, entry.note) == (State.DROPPED, "She moved.")
    assert set(Conflict.objects.values_list("choice", "resolved_by")) == {
        ("THEIRS", office.user.pk)
    }


def test_the_director_reads_and_does_not_decide(signed_in, in_conflict):
    in_conflict()

    page = signed_in(Role.DIRECTOR).get(DESK).text

    assert "2 Elm St" in page
    assert "Keep mine" not in page
    assert "Drop this change" not in page


@pytest.mark.parametrize("number_of_entries", [1, 20])
def test_the_desk_takes_the_same_queries_however_many_conflicts(
    signed_in, in_conflict, django_assert_num_queries, number_of_entries
):
    office = signed_in(Role.OFFICE)
    for _ in range(number_of_entries):
        in_conflict()

    # as without conflicts (13); what is disputed, whose data it is, and the states' names
    with django_assert_num_queries(16):
        office.get(DESK, headers={"HX-Request": "true"})


@pytest.mark.parametrize(
    "values", [{"choice": "MINE"}, {"resolved_at": timezone.now()}], ids=["choice", "time"]
)
def test_a_choice_has_a_person_and_a_time(in_conflict, values):
    in_conflict()

    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.update(**values)


def test_there_is_one_open_conflict_about_one_thing(in_conflict):
    entry = in_conflict()

    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.create(entry=entry, key="phone", base={}, mine={}, theirs={})
    assert str(Conflict.objects.first()) == f"phone of {entry.pk}"
