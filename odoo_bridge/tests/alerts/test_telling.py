"""What is told, by mail and in a chat: once, until it has arrived, and for a day at most."""

import datetime as dt
import smtplib

import pytest
import structlog
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from odoo_bridge.models import Breaker, Notice, OdooAccess, OutboxEntry
from odoo_bridge.services.follow_troubles import follow_troubles
from odoo_bridge.services.tell_of_alerts import tell as send_to
from odoo_bridge.services.tell_of_alerts import tell_by_mail, tell_of_alerts
from portal.accounts.models import Role
from portal.testing.mirrors import OdooAccessFactory
from portal.testing.sessions import in_another_session

pytestmark = pytest.mark.django_db
State = OutboxEntry.State
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def now():
    return timezone.now()


class BrokenMail(EmailBackend):
    """A mail server that fails: ``BrokenMail.error`` at ``BrokenMail.at``."""

    error: OSError = OSError("gone")
    at: str | None = None
    tried: list[str] = []

    def send_messages(self, messages):
        for message in messages:
            type(self).tried.append(message.to[0])
            if self.at in {None, message.to[0]}:
                raise self.error
        return super().send_messages(messages)


@pytest.fixture
def broken_mail(settings, monkeypatch):
    """Let mail fail: ``broken_mail(error, at="ann@yard.test")``."""

    def fail(error, at=None):
        monkeypatch.setattr(BrokenMail, "error", error)
        monkeypatch.setattr(BrokenMail, "at", at)
        monkeypatch.setattr(BrokenMail, "tried", [])
        settings.EMAIL_BACKEND = f"{__name__}.BrokenMail"
        return BrokenMail.tried

    return fail


def test_a_mail_says_what_which_why_and_where(entry_in, tell, watch, mailoutbox, settings):
    tell(addresses=["yard@yard.test"])
    entry = entry_in(State.PARKED, last_error="A lot number is required.")

    watch()

    [mail] = mailoutbox
    assert mail.subject == "A lead: refused by Odoo"
    assert "A lead: refused by Odoo (T)\nsince " in mail.body
    assert "A lot number is required." in mail.body
    assert f"http://testserver/sync/history/{entry.stream.key}" in mail.body


def test_it_is_told_once_at_the_start_and_once_at_the_end(entry_in, tell, watch, mailoutbox, now):
    tell(addresses=["yard@yard.test"])
    entry_in(State.PARKED)
    watch(now)
    watch(now + MINUTE)
    OutboxEntry.objects.update(state=State.QUEUED)
    watch(now + 2 * MINUTE)
    watch(now + 3 * MINUTE)

    assert [mail.subject for mail in mailoutbox] == [
        "A lead: refused by Odoo",
        "Over: A lead: refused by Odoo",
    ]
    assert "It is waiting now." in mailoutbox[1].body
    assert not Notice.objects.filter(told_at=None).exists()


def test_many_at_once_are_one_mail_to_each(entry_in, person, tell, watch, mailoutbox, now):
    ann = person(Role.OFFICE, email="ann@yard.test")
    tell(addresses=["yard@yard.test"])
    for by in (ann, None, None):
        entry_in(State.PARKED, by=by)
    watch(now)
    OutboxEntry.objects.filter(actor=None).update(state=State.QUEUED)
    watch(now + MINUTE)
    OutboxEntry.objects.update(state=State.QUEUED)
    Breaker.objects.create(
        pk=1, opened_at=now, probe_at=now, reason="There is no connection to Odoo."
    )
    watch(now + 2 * MINUTE)

    assert [(mail.to[0], mail.subject) for mail in mailoutbox] == [
        ("ann@yard.test", "A lead: refused by Odoo"),
        ("yard@yard.test", "3 changes or connections need a look"),
        ("yard@yard.test", "Over: 2 that needed a look"),
        ("ann@yard.test", "Over: A lead: refused by Odoo"),
        ("yard@yard.test", "2 news of the connection with Odoo"),
    ]
    assert "There is no connection to Odoo. 3 changes are kept." in mailoutbox[-1].body


def test_a_mail_names_twenty_and_counts_the_rest(entry_in, tell, watch, mailoutbox):
    tell(addresses=["yard@yard.test"])
    for _ in range(22):
        entry_in(State.PARKED)

    watch()

    assert mailoutbox[0].subject == "22 news of the connection with Odoo"
    assert mailoutbox[0].body.count("/sync/history/") == 20
    assert "… and 2 more." in mailoutbox[0].body


def test_a_driver_is_told_without_a_link_that_leads_nowhere(
    entry_in, person, tell, watch, mailoutbox
):
    tell()
    entry_in(State.PARKED, by=person(Role.DRIVER))

    watch()

    assert "/sync/" not in mailoutbox[0].body
    assert "The office looks after it." in mailoutbox[0].body


def test_the_key_and_the_connection_say_what_to_do(tell, watch, mailoutbox, now):
    tell(addresses=["yard@yard.test"])
    OdooAccessFactory(key_expires_at=now + dt.timedelta(days=1))
    Breaker.objects.create(pk=1, held_at=now)
    watch(now)
    OdooAccess.objects.all().delete()
    watch(now + MINUTE)

    start, end = (mail.body for mail in mailoutbox)
    assert "It ends on " in start
    assert "An administrator runs manage.py odoo_provision." in start
    assert "until an administrator says so" in start
    assert "Over: The key for Odoo ends soon" in end


def test_a_chat_is_told_in_slack_s_shape_and_learns_no_name_and_no_reason(
    entry_in, tell, watch, chat, now
):
    tell(chat_url=chat.url)
    entry = entry_in(State.PARKED, last_error="Bad phone +16065550123.")
    OutboxEntry.objects.update(payload={**entry.payload, "title": "Text from Maria Alvarez"})
    watch(now)
    OutboxEntry.objects.update(state=State.DONE)
    watch(now + MINUTE)

    link = f"http://testserver/sync/history/{entry.stream.key}"
    assert [path for path, _body in chat.heard] == ["/hooks/s3cr3t?x=1"] * 2
    start, end = chat.texts
    assert start.startswith("Yardmaster\n▲ A lead: refused by Odoo, since ")
    assert start.endswith(link)
    assert end == f"Yardmaster\n● Over: A lead: refused by Odoo: {link}"


def test_a_chat_hears_how_many_more_there_are(entry_in, tell, watch, chat):
    tell(chat_url=chat.url)
    for _ in range(21):
        entry_in(State.PARKED)

    watch()

    assert chat.texts[0].endswith("… and 1 more: http://testserver/sync/")


def test_what_fails_is_tried_again_with_longer_pauses_and_not_told_to_others_twice(
    entry_in, tell, watch, chat, mailoutbox, now
):
    tell(addresses=["yard@yard.test"], chat_url=chat.url)
    entry_in(State.PARKED)
    chat.status = 500

    for minute in range(10):
        watch(now + minute * MINUTE)

    assert len(mailoutbox) == 1
    assert len(chat.heard) == 4  # at 0, 1, 3 and 8 minutes
    chat.status = 200
    watch(now + 30 * MINUTE)
    watch(now + 90 * MINUTE)
    assert len(chat.heard) == 5
    assert not Notice.objects.filter(told_at=None).exists()


def test_after_a_day_nobody_is_told_any_more(entry_in, tell, watch, chat, now):
    tell(chat_url=chat.url)
    entry_in(State.PARKED)
    chat.status = 500
    watch(now)

    watch(now + dt.timedelta(days=1))

    assert len(chat.heard) == 1


def test_a_chat_that_was_taken_out_meanwhile_is_not_told(entry_in, tell, chat, now):
    tell(chat_url=chat.url)
    entry_in(State.PARKED)
    follow_troubles(now=now)
    tell()

    tell_of_alerts(now=now)

    assert chat.heard == []
    assert not Notice.objects.filter(told_at=None).exists()


def test_an_address_that_is_refused_does_not_hold_up_the_others(
    entry_in, tell, watch, broken_mail, mailoutbox, now
):
    tell(addresses=["a@yard.test", "b@yard.test"])
    entry_in(State.PARKED)
    tried = broken_mail(smtplib.SMTPRecipientsRefused({}), at="a@yard.test")

    watch(now)

    assert tried == ["a@yard.test", "b@yard.test"]
    assert [mail.to for mail in mailoutbox] == [["b@yard.test"]]


def test_a_mail_server_that_is_down_is_asked_once_a_round(
    entry_in, tell, watch, broken_mail, mailoutbox, settings, now
):
    tell(addresses=["a@yard.test", "b@yard.test"])
    entry_in(State.PARKED)
    tried = broken_mail(ConnectionRefusedError())
    watch(now)
    assert tried == ["a@yard.test"]

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    watch(now + 2 * MINUTE)

    assert sorted(mail.to[0] for mail in mailoutbox) == ["a@yard.test", "b@yard.test"]


def test_no_address_no_secret_and_no_reason_comes_into_the_log(entry_in, tell, watch, chat):
    tell(chat_url=chat.url)
    entry_in(State.PARKED, last_error="Bad phone +16065550123.")
    chat.status = 404

    with structlog.testing.capture_logs() as lines:
        watch()

    [line] = [line for line in lines if line["event"] == "alert_not_told"]
    assert line["why"] == "The chat answered with 404."
    assert "s3cr3t" not in str(lines)
    assert "6065550123" not in str(lines)


@pytest.mark.django_db(transaction=True)
def test_what_another_worker_is_telling_is_left_to_it(
    entry_in, tell, chat, mailoutbox, now, monkeypatch
):
    tell(addresses=["a@yard.test"])
    entry_in(State.PARKED)
    follow_troubles(now=now)

    def meanwhile(_news):
        in_another_session(lambda: tell_of_alerts(now=now))
        return "subject"

    monkeypatch.setattr("odoo_bridge.services.send_alert_mail.subject_of", meanwhile)
    tell_of_alerts(now=now)

    assert len(mailoutbox) == 1


def test_where_nothing_is_left_to_tell_nothing_is_sent(now):
    assert send_to("MAIL", "a@yard.test", tell_by_mail, now)
