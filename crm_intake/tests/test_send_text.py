"""The one door for texts to people, against providers as servers on this machine."""

import ast
import base64
import datetime as dt

import pytest
import structlog
from django.utils import timezone

from crm_intake.console.sender import SENDER as CONSOLE
from crm_intake.errors import NotANumber
from crm_intake.gate.judge import can_send
from crm_intake.ledger.kinds import Kind
from crm_intake.ledger.standing import SAID_STOP
from crm_intake.models import OutgoingText
from crm_intake.senders import SENDERS
from crm_intake.services import deliver_text as delivering
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.services.text_states import move
from crm_intake.sources import SOURCES
from crm_intake.tasks import send_texts
from crm_intake.tests.conftest import legacy_headers, payload
from crm_intake.tests.sending import ANN, NOON, fresh, minutes, send
from odoo_bridge.slots import Doing
from portal.core.state_diagram import NoSuchMove
from portal.testing.sessions import other_session
from portal.testing.sources import ROOT, tracked_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "customer")]
STOP = payload("stop_legacy")
BLOCKED = {"code": 21610, "message": "+16065550123 has stopped"}


def test_a_text_is_queued_for_the_number_as_e164_and_then_sent(
    provider, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as bells:
        text = send(text="We\u2019re on our way…")
    assert (text.state, text.number, text.segments, len(bells)) == ("QUEUED", ANN, 1, 1)

    send_texts()

    [(key, number, words, _at)] = provider.kept
    assert (number, words) == (ANN, "We're on our way...")
    assert (fresh(text).state, text.provider_id) == ("SENT", key)
    assert text.settled_at - NOON < minutes(1)
    basic = f"Basic {base64.b64encode(b'AC1:a-token').decode()}"
    assert provider.logins == {"a-key" if text.provider == "quo" else basic}
    send_texts()
    assert len(provider.kept) == 1
    assert str(text) == f"text {text.uuid}"


def test_a_batch_has_an_end_and_the_next_one_goes_on(monkeypatch):
    monkeypatch.setattr("crm_intake.tasks.BATCH", 2)
    for number in range(3):
        send(text=f"Text {number}")

    send_texts()
    assert OutgoingText.objects.filter(state="SENT").count() == 2

    send_texts()
    assert OutgoingText.objects.filter(state="SENT").count() == 3


def test_a_run_ends_before_the_worker_s_limit(monkeypatch):
    monkeypatch.setattr("crm_intake.tasks.LONGEST", -1)
    text = send()
    send_texts()
    assert fresh(text).state == "QUEUED"


def test_who_has_nothing_to_send_asks_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        send_texts()


def test_one_worker_at_a_time_hands_texts_over(provider):
    send()
    with other_session() as session:
        session.execute("select pg_advisory_lock(%s, 1)", [Doing.TEXTING])
        send_texts()
        assert not provider.kept
        session.execute("select pg_advisory_unlock_all()")
    send_texts()
    assert provider.kept


def test_after_a_stop_the_text_is_refused_with_the_rule_s_name(quo, provider):
    quo(STOP, legacy_headers(STOP))

    text = send()

    assert (text.state, text.rule) == ("REFUSED", SAID_STOP)
    send_texts()
    assert not provider.kept


def test_a_stop_that_comes_while_the_text_waits_counts(quo, provider):
    text = send()
    quo(STOP, legacy_headers(STOP))

    send_texts()

    assert (fresh(text).state, text.rule) == ("REFUSED", SAID_STOP)
    assert not provider.kept


def test_a_stop_counts_that_comes_between_the_gate_and_the_first_byte(provider, monkeypatch):
    text = send()

    def stop_comes_then(facts, **words):
        decision = can_send(facts, **words)
        record_consent(
            number=ANN, kind=Kind.REVOKED, source="staff", action="spoken", evidence=Evidence()
        )
        return decision

    monkeypatch.setattr(delivering, "can_send", stop_comes_then)
    send_texts()

    assert (fresh(text).state, text.rule) == ("REFUSED", SAID_STOP)
    assert not provider.kept


def test_what_comes_too_late_is_held_and_leaves_at_the_first_allowed_minute(provider, noon):
    noon.move_to(NOON + dt.timedelta(hours=10))
    text = send()
    opens = NOON + dt.timedelta(hours=21)  # 8 in the morning on the later of Ann's two clocks
    assert (text.state, text.rule, text.not_before) == ("HELD", "service_hours", opens)

    noon.move_to(opens - minutes(1))
    send_texts()
    assert not provider.kept

    noon.move_to(opens)
    send_texts()
    assert (fresh(text).state, text.rule) == ("SENT", "")


def test_a_text_that_waited_into_the_night_is_held_then(provider, noon):
    text = send()
    noon.move_to(NOON + dt.timedelta(hours=10))

    send_texts()

    assert (fresh(text).state, text.rule) == ("HELD", "service_hours")
    assert not provider.kept


@pytest.mark.parametrize("number", ["", "Anonymous", "12"])
def test_what_is_no_number_is_refused_and_changes_nothing(number):
    with pytest.raises(NotANumber, match="Write it with its area code"):
        send(number)

    assert not OutgoingText.objects.exists()


def test_a_text_that_is_sent_is_never_queued_again():
    with pytest.raises(NoSuchMove, match="SENT → QUEUED"):
        move(OutgoingText(state="SENT"), OutgoingText.State.QUEUED)


def test_the_log_holds_neither_the_words_nor_the_number():
    from portal.settings.logs import mask_event  # noqa: PLC0415, TID251 - the log's own rule

    with structlog.testing.capture_logs() as noted:
        send(text="the gate code is 4711")
        send_texts()

    line = str(mask_event(None, "info", noted[0]))
    assert "text_not_really_sent" in line
    assert "4711" not in line
    assert "6065550123" not in line
    assert CONSOLE.find(ANN, "", timezone.now()) == []


def test_each_sender_is_a_source_too_and_the_settings_know_it():
    assert set(SENDERS) - {"console"} <= set(SOURCES)


def test_there_is_no_second_way_to_send_a_text():
    """Only the service that asks the gate may use a sender."""
    users = set()
    for file in tracked_files("*.py"):
        relative = file.relative_to(ROOT)
        if "tests" in relative.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "send"
                and "sender" in ast.dump(node)
            ):
                users.add(str(relative))

    assert users == {"crm_intake/services/deliver_text.py"}
