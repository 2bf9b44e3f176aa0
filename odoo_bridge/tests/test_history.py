"""One record's history: what was promised, sent, refused, decided, and by whom, in its order."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from odoo_bridge.models import Conflict, LeadRecord, OutboxEntry, Partner, Stream
from odoo_bridge.selectors import history as history_module
from odoo_bridge.selectors.history import history_of
from odoo_bridge.services.change_customer import change_customer
from odoo_bridge.services.drop_entry import drop_entry
from odoo_bridge.services.edit_entry import edit_entry
from odoo_bridge.services.editable_fields import mark_of
from odoo_bridge.services.pause_stream import let_stream_go_on, pause_stream
from odoo_bridge.services.resolve_conflict import resolve_conflict
from odoo_bridge.services.retry_entry import retry_entry
from portal.accounts.models import Role

pytestmark = pytest.mark.django_db
State = OutboxEntry.State


def address_of(entry):
    return reverse("odoo_bridge:history", args=[entry.stream.key])


def words_of(page):
    """Return the page's main part without its tags."""
    main = page[page.index("<main") :]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def told(entry):
    return [event.what for event in history_of(entry.stream).events]


def park(entry, **values):
    OutboxEntry.objects.filter(pk=entry.pk).update(state=State.PARKED, **values)


def test_a_lead_s_life_is_told_from_the_promise_to_the_end(signed_in, entry_in):
    office = signed_in(Role.OFFICE, name="Olivia")
    entry = entry_in(State.PARKED, by=office.user, last_error="No title.")
    retry_entry(entry_id=entry.pk, by=office.user)
    failed = {"last_error": "No owner.", "failed_step": "crm.lead.load"}
    park(entry, **failed, sent_at=timezone.now())
    entry.refresh_from_db()
    edit_entry(entry_id=entry.pk, values={"title": "T 2"}, seen=mark_of(entry), by=office.user)
    park(entry, sent_at=timezone.now(), deaths=1)
    drop_entry(entry_id=entry.pk, note="She called again.", by=office.user)

    assert told(entry) == [
        "A lead was promised",
        "A lead: tried again by a person",
        "A lead: edited, and tried again",
        "A lead was last sent",
        "A lead: dropped",
    ]
    page = words_of(office.get(address_of(entry)).text)
    assert "Olivia No title." in page
    assert "Title: T → T 2" in page
    assert "1 workers died of it No owner. at crm.lead.load" in page
    assert "She called again." in page


def test_an_open_entry_says_where_it_stands(signed_in, entry_in):
    waiting = entry_in(State.QUEUED, sent_at=None)
    parked = entry_in(State.PARKED, attempts=3, last_error="No.")

    browser = signed_in(Role.OFFICE)

    assert "A lead was promised ● Waiting" in words_of(browser.get(address_of(waiting)).text)
    page = words_of(browser.get(address_of(parked)).text)
    assert "A lead was last sent ✕ Needs a person 3 tries No." in page


def test_what_was_done_says_when(entry_in):
    entry = entry_in(State.DONE)
    OutboxEntry.objects.update(settled_at=timezone.now())

    assert told(entry) == ["A lead was promised", "A lead was last sent", "A lead: done"]


def test_a_conflict_is_told_with_its_sides_and_the_choice(signed_in, in_conflict):
    entry, office = in_conflict(), signed_in(Role.OFFICE, name="Paul")
    choices = dict.fromkeys(Conflict.objects.values_list("pk", flat=True), Conflict.Choice.THEIRS)
    resolve_conflict(entry_id=entry.pk, choices=choices, by=office.user)

    page = words_of(office.get(address_of(entry)).text)

    assert "A customer&#x27;s data: Phone was changed here and in Odoo" in page
    assert "Street 1 Oak St 2 Elm St 1 Oak St" in page
    assert "last written in Odoo by Mitchell Admin, 21 Nov" in page
    assert "Take Odoo&#x27;s" in page
    assert "A customer&#x27;s data: conflict decided Paul" in page
    assert "A customer&#x27;s data: dropped Took what Odoo has." in page


def test_an_open_conflict_is_told_too(in_conflict):
    events = history_of(in_conflict().stream).events

    assert [event.tone for event in events if event.conflict] == ["warn", "warn"]


def test_pauses_are_told_with_who_and_why(signed_in, entry_in):
    entry, office = entry_in(State.QUEUED), signed_in(Role.OFFICE, name="Olivia")
    pause_stream(stream_id=entry.stream_id, why="She is moving.", by=office.user)
    let_stream_go_on(stream_id=entry.stream_id, by=office.user)

    page = words_of(office.get(address_of(entry)).text)

    assert "Paused Olivia She is moving." in page
    assert "Goes on Olivia" in page


def test_the_mirror_says_when_odoo_last_changed_it(in_conflict):
    entry = in_conflict()
    at = timezone.now()
    partner = Partner.objects.get()
    for name in ("remote_write_date", "seen_at", "deleted_at"):
        setattr(partner, name, at)
    partner.save()

    assert told(entry)[-3:] == [
        "Last written in Odoo",
        "The copy here last changed",
        "Seen to be deleted in Odoo",
    ]


def test_a_lead_s_mirror_that_odoo_has_not_told_of_says_nothing(entry_in):
    entry = entry_in(State.QUEUED)

    assert history_of(entry.stream).mirror == LeadRecord.objects.get()
    assert told(entry) == ["A lead was promised", "A lead was last sent"]


def test_a_stream_without_entries_or_a_mirror_is_shown_by_its_key(signed_in):
    Stream.objects.create(key=f"run:{uuid.UUID(int=7)}")

    page = signed_in(Role.DIRECTOR).get(reverse("odoo_bridge:history", args=[Stream.objects.get()]))

    assert f"run:{uuid.UUID(int=7)}" in page.text
    assert "Nothing was ever promised to Odoo about this." in page.text
    assert "It is sent as usual." in page.text


def test_an_address_of_no_record_leads_nowhere(signed_in):
    address = reverse("odoo_bridge:history", args=["lead:of-nobody"])

    assert signed_in(Role.OFFICE).get(address).status_code == 404


def test_only_the_latest_are_shown(monkeypatch, signed_in, in_conflict):
    entry = in_conflict()
    partner, by = Partner.objects.get(), signed_in(Role.OFFICE).user
    OutboxEntry.objects.update(state=State.DONE, created_at=timezone.now() - dt.timedelta(days=1))
    change_customer(partner_id=partner.pk, changes={"city": "Grayson"}, seen={}, by=by)
    assert not history_of(entry.stream).cut

    monkeypatch.setattr(history_module, "MOST", 1)

    shown = history_of(entry.stream)
    assert shown.cut
    assert "A customer's data was last sent" not in [event.what for event in shown.events]


def test_each_entry_of_the_desk_leads_to_its_history(signed_in, entry_in, in_conflict):
    entries = [entry_in(state) for state in (State.PARKED, State.UNKNOWN, State.QUEUED)]

    entries.append(in_conflict())

    page = signed_in(Role.OFFICE).get(reverse("odoo_bridge:desk")).text

    for entry in entries:
        assert f'href="{address_of(entry)}"' in page


@pytest.mark.parametrize("number_of_entries", [1, 20])
def test_a_history_takes_the_same_queries_however_long_it_is(
    signed_in, in_conflict, django_assert_num_queries, number_of_entries
):
    entry, office = in_conflict(), signed_in(Role.OFFICE)
    partner = Partner.objects.get()
    for number in range(number_of_entries):
        OutboxEntry.objects.filter(state=State.QUEUED).update(state=State.PARKED)
        change_customer(
            partner_id=partner.pk, changes={"city": f"C {number}"}, seen={}, by=office.user
        )
        latest = OutboxEntry.objects.latest("pk")
        park(latest)
        retry_entry(entry_id=latest.pk, by=office.user)
        Conflict.objects.create(
            entry=latest, key="phone", base={"phone": "1"}, mine={"phone": "2"}, theirs={"phone": 3}
        )

    address = address_of(entry)

    # session, user, time zone; stream, entries, partners, acts, mirror, conflicts, states
    with django_assert_num_queries(10):
        office.get(address, headers={"HX-Request": "true"})
