"""A stream that a person holds: it waits alone, and goes on when it is let go."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from odoo_bridge.commands import RecordLead
from odoo_bridge.errors import StreamMovedOn
from odoo_bridge.models import OutboxEntry, Stream
from odoo_bridge.outbox import enqueue
from odoo_bridge.outbox.drain import drain_into
from odoo_bridge.outbox.lease import take
from odoo_bridge.outbox.outcome import Outcome, is_done
from odoo_bridge.outbox.settle import Next, settle
from odoo_bridge.services.pause_stream import let_stream_go_on, pause_stream
from odoo_bridge.services.promise_lead import promise_lead
from portal.accounts.models import Role
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db(transaction=True)
State = OutboxEntry.State


@pytest.fixture
def lead():
    """Promise two things about one lead; return it."""
    lead = promise_lead(title="T", text="", phone="")
    with transaction.atomic():
        enqueue(RecordLead(lead_uuid=lead.uuid, title="again", text=""), by=None)
    return lead


@pytest.fixture
def stream(lead):
    return Stream.objects.get()


@pytest.fixture
def by(person):
    return person(Role.OFFICE, name="Olivia")


def states():
    return list(OutboxEntry.objects.order_by("pk").values_list("state", flat=True))


def accept(entries):
    return Outcome(done=entries), True


def test_a_paused_stream_is_not_sent_and_all_others_are(stream, by):
    pause_stream(stream_id=stream.pk, why="She is moving.", by=by)
    promise_lead(title="Other", text="", phone="")

    drain_into(accept)

    assert states() == [State.QUEUED, State.QUEUED, State.DONE]
    stream.refresh_from_db()
    assert stream.due_at is None
    assert (stream.paused_by, stream.paused_why) == (by, "She is moving.")


def test_what_is_promised_while_it_is_paused_waits_too(lead, stream, by):
    pause_stream(stream_id=stream.pk, why="x", by=by)
    with transaction.atomic():
        enqueue(RecordLead(lead_uuid=lead.uuid, title="third", text=""), by=None)

    drain_into(accept)

    assert set(states()) == {State.QUEUED}


def test_it_goes_on_from_where_it_stood(stream, by, django_capture_on_commit_callbacks):
    pause_stream(stream_id=stream.pk, why="x", by=by)
    with django_capture_on_commit_callbacks():
        let_stream_go_on(stream_id=stream.pk, by=by)

    drain_into(accept)

    assert set(states()) == {State.DONE}


def test_what_is_being_sent_ends_as_it_would_and_nothing_follows_it(stream, by):
    [entry] = take([stream.pk], timezone.now())
    pause_stream(stream_id=stream.pk, why="x", by=by)

    settled, followers = settle(
        is_done(entry, lambda: None), timezone.now(), following=Next(batch="")
    )

    assert (settled, followers) == ({stream.pk}, [])
    assert states() == [State.DONE, State.QUEUED]
    stream.refresh_from_db()
    assert (stream.leased_until, stream.due_at) == (None, None)


def test_a_stream_that_was_seen_as_due_and_then_paused_is_not_taken(stream, by):
    pause_stream(stream_id=stream.pk, why="x", by=by)

    assert take([stream.pk], timezone.now()) == []


@pytest.mark.parametrize("act", [pause_stream, let_stream_go_on])
def test_who_comes_second_is_told(stream, by, act):
    why = {"why": "x"} if act is pause_stream else {}
    if why:
        pause_stream(stream_id=stream.pk, why="first", by=by)

    with pytest.raises(StreamMovedOn):
        act(stream_id=stream.pk, by=by, **why)


def test_who_pauses_and_why_is_a_rule_of_the_database(stream):
    with pytest.raises(IntegrityError, match="who_pauses_a_stream_is_known_and_why"):
        Stream.objects.update(paused_at=timezone.now())


def test_both_acts_are_audited(stream, by):
    pause_stream(stream_id=stream.pk, why="x", by=by)
    let_stream_go_on(stream_id=stream.pk, by=by)

    rows = AuditRow.objects.order_by("pk")
    assert [(row.by, row.what) for row in rows] == [
        (by, "outbox stream paused"),
        (by, "outbox stream goes on"),
    ]
    assert rows[1].old["why"] == "x"


def test_the_history_pauses_with_a_reason_and_the_desk_lets_it_go_on(signed_in, stream):
    office = signed_in(Role.OFFICE, name="Paul")
    pause = reverse("odoo_bridge:stream-pause", args=[stream.key])
    go_on = reverse("odoo_bridge:stream-go-on", args=[stream.key])
    refused = office.post(pause, {"why": " "})
    assert refused.status_code == 422
    assert "Write why this is paused." in refused.text

    paused = office.post(pause, {"why": "She is moving."}, follow=True)
    desk = office.get(reverse("odoo_bridge:desk")).text
    goes_on = office.post(go_on, {"desk": "1"}, follow=True)
    again = office.post(go_on, follow=True)

    assert "Paul has paused this since" in paused.text
    assert "She is moving." in paused.text
    assert "Paused by a person" in desk
    assert "2 changes wait" in desk
    assert "‖ Paused" in desk
    assert "Paused by a person" not in goes_on.text
    assert "This is not paused any more." in again.text
    assert again.redirect_chain[-1][0] == reverse("odoo_bridge:history", args=[stream.key])


def test_the_director_sees_a_pause_and_does_not_end_it(signed_in, stream, by):
    pause_stream(stream_id=stream.pk, why="She is moving.", by=by)

    browser = signed_in(Role.DIRECTOR)
    pages = [
        browser.get(reverse("odoo_bridge:desk")).text,
        browser.get(reverse("odoo_bridge:history", args=[stream.key])).text,
    ]

    for page in pages:
        assert "She is moving." in page
        assert "Go on sending" not in page
