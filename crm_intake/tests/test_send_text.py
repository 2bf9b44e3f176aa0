"""The one door for texts to people."""

import ast

import pytest
import structlog
from django.db import IntegrityError

from crm_intake.console.client import ConsoleProvider
from crm_intake.errors import NotANumber
from crm_intake.ledger.kinds import Purpose
from crm_intake.ledger.standing import SAID_STOP
from crm_intake.models import OutgoingText
from crm_intake.services.send_text import send_text
from crm_intake.tasks import send_texts
from crm_intake.tests.conftest import legacy_headers, payload
from portal.testing.sources import ROOT, tracked_files

pytestmark = pytest.mark.django_db
STOP = payload("stop_legacy")


def send(number="(606) 555-0123"):
    return send_text(number=number, text="On our way.", purpose=Purpose.DELIVERY, by=None)


def test_a_text_is_queued_for_the_number_as_e164_and_then_sent(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as bells:
        text = send()
    assert (text.state, text.number, len(bells)) == ("QUEUED", "+16065550123", 1)

    send_texts()

    text.refresh_from_db()
    assert text.state == "SENT"
    assert text.provider_id.startswith("console-")
    assert str(text) == f"text {text.uuid}"


def test_a_batch_has_an_end_and_the_next_one_goes_on(monkeypatch):
    monkeypatch.setattr("crm_intake.tasks.BATCH", 2)
    for _ in range(3):
        send()

    send_texts()
    assert OutgoingText.objects.filter(state="SENT").count() == 2

    send_texts()
    assert OutgoingText.objects.filter(state="SENT").count() == 3


def test_after_a_stop_the_text_is_refused_with_the_rule_s_name(quo):
    quo(STOP, legacy_headers(STOP))

    text = send()

    assert (text.state, text.rule) == ("REFUSED", SAID_STOP)
    send_texts()
    text.refresh_from_db()
    assert text.provider_id == ""


def test_a_stop_that_comes_while_the_text_waits_counts(quo):
    text = send()
    quo(STOP, legacy_headers(STOP))

    send_texts()

    text.refresh_from_db()
    assert (text.state, text.rule, text.provider_id) == ("REFUSED", SAID_STOP, "")


def test_a_text_that_was_cut_off_is_never_sent_again_blindly():
    text = send()
    OutgoingText.objects.update(state="SENDING")

    send_texts()

    text.refresh_from_db()
    assert (text.state, text.provider_id) == ("SENDING", "")


@pytest.mark.parametrize("number", ["", "Anonymous", "12"])
def test_what_is_no_number_is_refused_and_changes_nothing(number):
    with pytest.raises(NotANumber, match="Write it with its area code"):
        send(number)

    assert not OutgoingText.objects.exists()


def test_the_database_wants_a_rule_for_every_refusal():
    with pytest.raises(IntegrityError, match="a_refused_text_names_its_rule"):
        OutgoingText.objects.create(number="+1", text="x", purpose="REPLY", state="REFUSED")


def test_the_log_holds_neither_the_words_nor_the_number(capsys):
    from portal.settings.logs import mask_event  # noqa: PLC0415, TID251 - the log's own rule

    with structlog.testing.capture_logs() as noted:
        ConsoleProvider().send(number="+16065550123", text="the gate code is 4711")

    line = str(mask_event(None, "info", noted[0]))
    assert "4711" not in line
    assert "6065550123" not in line


def test_there_is_no_second_way_to_send_a_text():
    """Only the service that asks the gate may use a provider."""
    users = set()
    for file in tracked_files("*.py"):
        relative = file.relative_to(ROOT)
        if "tests" in relative.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "send"
                and "provider" in ast.dump(node)
            ):
                users.add(str(relative))

    assert users == {"crm_intake/services/deliver_text.py"}
