"""A person is erased; the ledger can still be proven, and a stop still counts."""

import hashlib
import json

import pytest
from django.core.files.base import ContentFile

from crm_intake.events import MediaLink
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import (
    Attachment,
    Call,
    Conversation,
    Lead,
    LedgerEvent,
    LedgerEvidence,
    Message,
    OfficeTask,
    OutgoingText,
    Person,
    PhoneNumber,
    WebhookDelivery,
)
from crm_intake.selectors.consent import standing_of
from crm_intake.selectors.ledger import breaks
from crm_intake.services.note_attachments import note_attachments
from crm_intake.services.send_text import send_text
from crm_intake.tests.talk import ANN, page_of
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def stopped(ann, told):
    """Let Ann have called, written, sent a picture, and said CANCEL."""

    def cancel(body):
        body["data"]["object"]["body"] = "CANCEL"
        return body

    told("stop_legacy", change=cancel)
    note_attachments([MediaLink("https://x.example/a")], message=Message.objects.first())
    picture = Attachment.objects.get()
    picture.file.save("a", ContentFile(b"a picture"), save=False)
    picture.state, picture.sha256, picture.size = "KEPT", "0" * 64, 9
    picture.save()
    send_text(number=ANN, text="Hello", purpose=Purpose.REPLY, by=None)
    return ann


def test_nothing_of_the_person_stays_but_the_stop(
    stopped, admin, django_capture_on_commit_callbacks
):
    file = Attachment.objects.get().file
    assert file.storage.exists(file.name)

    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(page_of(stopped) + "erase/", {"why": "By letter."}, follow=True)

    assert "The person is erased here." in answer.text
    for kept in (
        *(Attachment, Call, Conversation, Lead, LedgerEvidence, Message, OfficeTask),
        *(OutgoingText, Person, PhoneNumber),
    ):
        assert not kept.objects.exists(), kept
    assert not file.storage.exists(file.name)
    assert not [one for one in WebhookDelivery.objects.all() if bytes(one.body)]
    assert list(LedgerEvent.objects.values_list("kind", flat=True)) == ["REVOKED", "ERASED"]
    assert not list(breaks())
    assert standing_of(ANN).refuses(Purpose.REPLY) == "person_said_stop"
    row = AuditRow.objects.get(what="person erased")
    assert (row.by, row.new) == (admin.user, {"why": "By letter."})


def test_it_is_asked_once_more_and_wants_a_reason(stopped, admin):
    page = admin.get(page_of(stopped) + "erase/").text
    assert "cannot be had again" in page

    assert admin.post(page_of(stopped) + "erase/", {"why": ""}).status_code == 422
    assert Person.objects.exists()
    assert "To be erased" in admin.get(page_of(stopped)).text


def test_the_ledger_is_handed_out_so_that_each_hash_can_be_computed(stopped, admin):
    answer = admin.get(page_of(stopped) + "consent.json")

    assert answer["Content-Disposition"].endswith(f'consent-{stopped.uuid}.json"')
    told = json.loads(answer.content)
    [event] = told["numbers"][ANN]
    assert event["evidence"]["wording"] == "CANCEL"
    for part, expected in (
        (event["content"], event["hash"]),
        (event["evidence"], event["content"]["evidence"]),
    ):
        assert hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest() == expected
    assert [(one["text"], one["rule"]) for one in told["texts"]] == [("Hello", "person_said_stop")]


def test_what_was_erased_once_is_handed_out_without_evidence(stopped, admin, office):
    admin.post(page_of(stopped) + "erase/", {"why": "By letter."})
    again = Person.objects.create()
    again.numbers.create(number=ANN)

    told = json.loads(admin.get(page_of(again) + "consent.json").content)

    assert [one["evidence"] for one in told["numbers"][ANN]] == [None, None]
