"""Texts from no telephone number: they are counted, found, read whole and seen to."""

import pytest
from django.db import IntegrityError

from crm_intake.models import Lead, Message
from crm_intake.tests.talk import HTMX, NOON, delivery
from portal.accounts.models import Role
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db


def came(text="Your code is 1234.", sender="72345", number=1):
    post = delivery()
    texts = [
        Message(
            provider="quo",
            event_key=f"{sender}:{text[:20]}:{one}",
            delivery=post,
            sender=sender,
            text=text,
            occurred_at=NOON,
        )
        for one in range(number)
    ]
    return Message.objects.bulk_create(texts)[0]


def finish(browser, message, headers=HTMX):
    return browser.post(f"/inbox/texts/{message.pk}/done/", headers=headers)


def inbox(browser, **query):
    return browser.get("/inbox/", query).text


def test_they_are_unread_until_somebody_has_seen_to_them(office):
    message = came()
    assert "1</b> not read yet" in office.get("/").text
    for show in ("open", "unread"):
        page = inbox(office, show=show)
        assert "Your code is 1234." in page
        assert "None." not in page
        assert "Nothing is open." not in page
        assert 'Unread <span class="count">1</span>' in page

    assert finish(office, message).text == ""

    assert "not read yet" not in office.get("/").text
    for show in ("open", "unread", "mine"):
        assert "Your code is 1234." not in inbox(office, show=show)
    done = inbox(office, show="done")
    assert "Your code is 1234." in done
    assert f"{office.user.name} has seen to it," in done
    assert "/done/" not in done


def test_who_saw_to_it_and_when_is_kept_once(office, signed_in):
    message = came()
    plain = finish(office, message, headers={})
    assert (plain.status_code, plain.url) == (302, "/inbox/")
    message.refresh_from_db()
    first = message.done_at

    assert finish(signed_in(Role.ADMIN), message).status_code == 200

    message.refresh_from_db()
    assert (message.done_at, message.done_by) == (first, office.user)
    row = AuditRow.objects.get(what="text of nobody seen to")
    assert (row.by, row.target_id) == (office.user, str(message.pk))


def test_who_only_looks_on_has_no_button(signed_in):
    message, director = came(), signed_in(Role.DIRECTOR)
    assert "/done/" not in inbox(director)
    assert finish(director, message).status_code == 403


def test_what_somebody_wrote_is_done_with_their_conversation(office, ann):
    message = Message.objects.get()
    assert finish(office, message).status_code == 404
    with pytest.raises(IntegrityError, match="a_text_of_nobody_is_done_by_somebody"):
        Message.objects.update(done_at=NOON, done_by=office.user)


@pytest.mark.parametrize("words", ["oak", "7234", '"your oak"'])
def test_they_are_found_by_words_and_by_sender(office, words):
    finish(office, came("Your oak has been shipped."))

    page = inbox(office, q=words)

    assert "Your oak has been shipped." in page
    assert "Nothing has these words." not in page
    assert "Nothing has these words." in inbox(office, q="pine")


def test_a_long_one_can_be_read_to_its_end(office):
    came("oak " * 200 + "the end")

    page = inbox(office)

    assert "<summary" in page
    assert "the end</p>" in page


@pytest.mark.parametrize(("number", "is_cut"), [(20, False), (21, True)])
def test_what_is_not_listed_is_not_passed_over_in_silence(office, number, is_cut):
    came(number=number)

    page = inbox(office)

    assert page.count("Your code is 1234.") == 20
    assert ("There are more from no number" in page) is is_cut
    assert f"{number}</b> not read yet" in office.get("/").text


def test_one_that_became_a_lead_says_so(office, told):
    def anonymous(body):
        body["data"]["context"]["senderIdentifier"] = "Anonymous"
        return body

    told("message_2026", change=anonymous)
    record = Lead.objects.get().record
    record.odoo_id = 876
    record.save()

    assert "lead 876 in Odoo" in inbox(office)
