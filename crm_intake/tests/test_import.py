"""What another program has of the talk with people is taken over: once, and without a sound."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from crm_intake.errors import NotPosted
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import (
    Call,
    Conversation,
    IntakeRules,
    Lead,
    LedgerEvent,
    Message,
    OfficeTask,
    OutgoingText,
    Person,
    WebhookDelivery,
)
from crm_intake.selectors.consent import standing_of
from crm_intake.selectors.import_plan import plan_import
from crm_intake.selectors.ledger import breaks
from crm_intake.selectors.missed import calls_to_return
from crm_intake.selectors.silence import silent_since
from crm_intake.selectors.thread import thread_of
from crm_intake.selectors.truth import latest_deliveries
from crm_intake.services.erase_person import erase_person
from crm_intake.services.import_talk import import_talk
from crm_intake.services.keep_call import give_up_waiting_for_callers
from crm_intake.services.replay_delivery import replay_delivery
from crm_intake.tasks import understand_deliveries
from crm_intake.tests.importing import (
    ANN,
    BEA,
    NOON,
    SHOWN,
    call,
    consent,
    message,
    read_rows,
    sale,
    take,
)
from portal.accounts.models import Role
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db
HOUR_AGO, YESTERDAY = "2026-11-23T16:00:00Z", "2026-11-22T16:00:00Z"


@pytest.fixture(autouse=True)
def _noon(noon):
    """Let it be a Monday's noon."""


def test_a_text_is_kept_with_the_row_that_it_came_from():
    row = {**message(" Grüße 🪵 ", at=HOUR_AGO), "name": "Ann", "mood": "fine"}

    assert take("messages", row) == 1

    text = Message.objects.get()
    assert (text.sender, text.text, text.direction) == (ANN, " Grüße 🪵 ", "IN")
    assert text.person.name == "Ann"
    assert (text.delivery.provider, text.delivery.state) == ("import", "DONE")
    assert json.loads(bytes(text.delivery.body)) == {"rows": "messages", "row": row}
    assert ANN not in text.delivery.delivery_id


def test_what_we_wrote_and_called_stands_in_the_talk_as_ours():
    take("messages", {**message("Hi", direction="out"), "status": "delivered", "from": "55555"})
    take("calls", call(direction="out", duration="65", at=HOUR_AGO, summary="Two cords."))

    text, called = Message.objects.get(), Call.objects.get()
    assert (text.recipient, text.sender, text.fate) == (ANN, "55555", "DELIVERED")
    assert (called.callee, called.outgoing, called.seconds) == (ANN, True, 65)
    assert called.answered_at == called.occurred_at
    entries, _more = thread_of(Person.objects.get())
    assert [(one.side, one.text or one.summary) for one in entries] == [
        ("ours", "Hi"),
        ("ours", "Two cords."),
    ]


def test_nothing_is_answered_and_nobody_has_to_see_to_it(noon):
    IntakeRules.objects.create(pk=1, missed_call_text="Sorry that we missed you.")

    take("messages", message("2 cords of oak?", at=HOUR_AGO), message("CANCEL", at=YESTERDAY))
    take("calls", call(BEA, missed="yes", at=HOUR_AGO))
    noon.shift(600)
    understand_deliveries()
    assert give_up_waiting_for_callers(timezone.now()) == 0

    for one in (Lead, OutgoingText, OfficeTask):
        assert not one.objects.exists(), one
    assert not calls_to_return().exists()
    assert set(Conversation.objects.values_list("state", "unread")) == {("DONE", 0)}
    assert Conversation.objects.get(person__numbers__number=ANN).last_words == "2 cords of oak?"


def test_an_open_talk_stays_as_it_is(ann):
    before = Conversation.objects.values().get()

    take("messages", message("Long ago", at="2020-01-01"))
    take("calls", call(at=HOUR_AGO, missed="yes"))

    assert Conversation.objects.values().get() == before
    assert not calls_to_return().filter(provider="import").exists()


def test_a_stop_in_a_text_is_never_lost():
    take("messages", message("stop texting me", at="2020-01-01T12:00:00Z"))

    event = LedgerEvent.objects.get()
    assert (event.kind, event.source, event.action) == ("REVOKED", "import", "reply")
    assert event.counts_from == event.delivery.received_at > NOON
    assert event.occurred_at.year == 2020
    assert event.evidence.message == Message.objects.get(is_stop=True)
    assert event.evidence.wording == "stop texting me"
    assert standing_of(ANN).refuses(Purpose.REPLY) == "person_said_stop"


def test_what_we_wrote_stops_nobody():
    take("messages", message("Reply STOP", direction="out"), message("STOP", BEA, "out"))

    assert not LedgerEvent.objects.exists()


def test_a_consent_is_kept_with_all_that_it_rests_on():
    row = {**sale(), "ip": "203.0.113.9", "user_agent": "X", "version": "3", "campaign": "Fall"}
    take("consents", row)

    event = LedgerEvent.objects.get()
    assert (event.kind, event.purpose, event.category) == ("GRANTED", "MARKETING", "Fall")
    assert (event.source, event.action, event.delivery.kind) == ("import", "checkbox", "consent")
    assert (event.evidence.shown, event.evidence.shown_version) == (SHOWN, "3")
    assert (event.evidence.ip, event.evidence.user_agent) == ("203.0.113.9", "X")
    assert standing_of(ANN).refuses(Purpose.MARKETING, "Fall") == ""
    assert standing_of(ANN).refuses(Purpose.MARKETING) == "no_written_consent"
    assert not list(breaks())


def test_the_same_row_is_one_whatever_file_it_stands_in():
    assert take("messages", message(), message(), message("More")) == 2
    assert take("messages", {"from": "606 555 0123", **message(number="")}) == 0
    assert take("opt-outs", {"phone": ANN, "date": "2024-01-01"}) == 1
    assert take("consents", consent(status="revoked", at="2024-01-01")) == 0
    assert Message.objects.count() == 2


def test_somebody_else_was_faster():
    plan = plan_import(read_rows("messages", message(), message("More")).good)
    take("messages", message())

    assert import_talk(plan, by=None) == 1


def test_what_a_provider_has_told_of_itself_is_not_taken_again(ann, told):
    text, called = Message.objects.get(), Call.objects.get()
    assert (
        take("messages", message(f" {text.text}", at=text.occurred_at.isoformat()))
        == take("calls", call(at=called.occurred_at.isoformat()))
        == 0
    )
    assert take("messages", message(text.text, at="2024-01-01")) == 1
    assert take("calls", call(direction="out", at=called.occurred_at.isoformat())) == 1


def test_what_was_sent_from_here_is_not_taken_again(customer, tell):
    tell("AC1", "SENT", words="On our way.")
    assert take("messages", message("On our way.", direction="out", at=NOON.isoformat())) == 0


def test_who_imported_it_is_noted(person):
    admin = person(Role.ADMIN)
    plan = plan_import(read_rows("messages", message(), message("More")).good)
    import_talk(plan, by=admin)
    import_talk(plan, by=admin)

    row = AuditRow.objects.get(what="talk imported")
    assert (row.by, row.new) == (admin, {"text": 2})


def test_an_import_is_no_provider(person):
    take(
        "messages",
        *[message(str(number), at=f"2024-03-14T12:{number}Z") for number in range(10, 35)],
    )

    assert latest_deliveries() == []
    assert silent_since(NOON + dt.timedelta(hours=5)) == {}
    delivery = WebhookDelivery.objects.first()
    with pytest.raises(NotPosted, match="imported, not delivered"):
        replay_delivery(delivery_id=delivery.pk, by=person(Role.OFFICE))


def test_an_erased_person_s_rows_go_and_do_not_come_back(person):
    def take_all():
        return take("messages", message("STOP")) + take("consents", sale()) + take("calls", call())

    assert take_all() == 3
    erase_person(person=Person.objects.get(), why="By letter.", by=person(Role.ADMIN))

    assert not [one for one in WebhookDelivery.objects.all() if bytes(one.body)]
    assert WebhookDelivery.objects.count() == 3
    assert take_all() == 0
    assert not Person.objects.exists()
    assert standing_of(ANN).refuses(Purpose.DELIVERY) == "person_said_stop"
