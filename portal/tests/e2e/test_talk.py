"""The shared inbox and one person's page, in a browser."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from crm_intake.ledger.kinds import Purpose
from crm_intake.models import (
    Call,
    Message,
    Note,
    OfficeTask,
    OutgoingText,
    SavedReply,
    WebhookDelivery,
    Writing,
)
from crm_intake.services.make_lead import make_lead
from crm_intake.services.note_talk import note_talk
from crm_intake.services.person_of import person_of
from crm_intake.services.send_text import send_text
from portal.accounts.models import Role
from portal.testing.mirrors import PartnerFactory, SaleOrderFactory
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NOW = timezone.now()


def delivery():
    return WebhookDelivery.objects.create(
        provider="quo",
        delivery_id=str(WebhookDelivery.objects.count()),
        body=b"",
        received_at=timezone.now(),
    )


def came_in(person, number, text, hours_ago):
    note_talk(person, text, ours=False)
    return Message.objects.create(
        provider="quo",
        event_key=f"message:{text}",
        delivery=delivery(),
        person=person,
        sender=number,
        text=text,
        occurred_at=timezone.now() - dt.timedelta(hours=hours_ago),
    )


@pytest.fixture
def ann(person):
    """Return Ann, with whom a lot was said."""
    office = person(Role.OFFICE)
    customer = PartnerFactory(name="Ann Miller", phone="606-555-0123", street="1 Oak St")
    SaleOrderFactory(customer=customer, name="S00041")
    ann = person_of("+16065550123")
    ann.name = "Ann Miller"
    ann.save()
    first = came_in(ann, "+16065550123", "Do you have 2 cords of oak, split? " + "w" * 60, 30)
    make_lead(title="Text from Ann", text=first.text, person=ann, said=first)
    Call.objects.create(
        provider="quo",
        event_key="c1",
        delivery=delivery(),
        person=ann,
        caller="+16065550123",
        missed=True,
        voicemail_text="It's Ann again about the oak.",
        occurred_at=timezone.now() - dt.timedelta(hours=20),
    )
    values = {"number": "+16065550123", "person": ann, "purpose": "REPLY", "wanted_by": office}
    OutgoingText.objects.create(
        text="Yes, on Thursday.", state="DELIVERED", provider="quo", provider_id="AC1", **values
    )
    OutgoingText.objects.create(
        text="We are on our way.",
        state="HELD",
        rule="service_hours",
        not_before=timezone.now() + dt.timedelta(hours=9),
        **values,
    )
    Note.objects.create(person=ann, text="Gate code is on the door.", written_by=office)
    asked = came_in(ann, "+16065550123", "end", 1)
    OfficeTask.objects.create(kind=OfficeTask.Kind.MEANT_THE_ORDER, message=asked)
    came_in(person_of("+16065550199"), "+16065550199", "Is mulch in stock?", 2)
    return ann


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_talk_can_be_read_everywhere(window, ann, size):
    page = window(Role.OFFICE, SIZES[size])
    for address in (reverse("crm_intake:inbox"), reverse("people:person", args=[ann.uuid])):
        page.goto(address)

        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.problems == []


def test_somebody_is_found_and_answered_with_the_keyboard_alone(window, ann):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto("/inbox/")
    page.get_by_role("searchbox").press_sequentially("cords of oak")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Ann Miller").press("Enter")
    answer = page.get_by_role("textbox", name="Text")
    answer.press_sequentially("We'll call you.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".said.ours").last).to_contain_text("We'll call you.")
    expect(answer).to_have_value("")
    assert OutgoingText.objects.latest("pk").text == "We'll call you."


def test_what_one_writes_stays_when_something_comes_in(window, ann):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(reverse("people:person", args=[ann.uuid]))
    answer = page.get_by_role("textbox", name="Text")
    answer.press_sequentially("Half a sent")

    came_in(ann, "+16065550123", "One more thing", 0)

    expect(page.get_by_text("One more thing")).to_be_visible(timeout=10_000)
    expect(answer).to_have_value("Half a sent")


def test_what_one_writes_stays_when_something_else_of_the_page_is_sent(window, ann):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(reverse("people:person", args=[ann.uuid]))
    answer, note = (page.get_by_label(name, exact=True) for name in ("Text", "Note for the office"))
    answer.fill("Half a sent")
    note.fill("Rang twice.")
    page.get_by_role("button", name="I see to it").click()
    expect(page.get_by_role("button", name="Leave it to anybody")).to_be_visible()
    expect(note).to_have_value("Rang twice.")
    page.get_by_role("button", name="Keep the note").click()

    expect(page.locator(".said.note").last).to_contain_text("Rang twice.")
    expect(note).to_have_value("")
    expect(answer).to_have_value("Half a sent")


def test_an_answer_that_came_while_one_wrote_is_asked_about(window, ann, person):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(reverse("people:person", args=[ann.uuid]))
    answer, send = page.get_by_role("textbox", name="Text"), page.get_by_role("button", name="Send")
    answer.fill("No, sorry.")
    other = person(Role.OFFICE, name="Olivia")
    send_text(number="+16065550123", text="Yes, we do.", purpose=Purpose.REPLY, by=other)
    expect(page.locator(".said.ours").last).to_contain_text("Yes, we do.")

    send.click()
    expect(page.get_by_text("Olivia has answered at")).to_be_visible()
    expect(answer).to_have_value("No, sorry.")
    send.click()
    expect(page.locator(".said.ours").last).to_contain_text("No, sorry.")


def test_two_people_become_one_after_a_question(window, ann):
    page = window(Role.OFFICE, SIZES["office"])
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.goto(reverse("people:person", args=[ann.uuid]))
    page.get_by_text("Name and numbers").click()
    page.get_by_label("Another number of theirs").fill("606-555-0199")
    page.get_by_role("button", name="Add the number").click()

    expect(page.locator(".thread")).to_contain_text("Is mulch in stock?")
    assert "It cannot be undone." in asked[0]


def test_a_form_that_was_opened_stays_open_when_something_comes_in(window, ann):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(reverse("people:person", args=[ann.uuid]))
    page.get_by_text("Record what they said about texts").click()
    words = page.get_by_label("In their words")
    words.press_sequentially("No more")

    came_in(ann, "+16065550123", "One more thing", 0)

    expect(page.get_by_text("One more thing")).to_be_visible(timeout=10_000)
    expect(words).to_be_focused()
    expect(words).to_have_value("No more")


def test_the_inbox_is_gone_through_with_keys(window, ann):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto("/inbox/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator("#talk-title")).to_be_visible()
    page.wait_for_load_state()

    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Note for the office")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("rj/?")
    expect(page.get_by_role("textbox", name="Text")).to_have_value("rj/?")
    page.keyboard.press("Tab")
    page.keyboard.press("u")
    expect(page).to_have_url(f"{page.url.split('/people')[0]}/inbox/")
    page.wait_for_load_state()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_keys_can_be_turned_off(window, ann):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto("/inbox/")
    page.keyboard.press("?")
    page.get_by_label("Keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()
    page.reload()
    page.keyboard.press("?")
    page.get_by_label("Keys are on").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_kept_words_go_into_the_answer(window, ann):
    SavedReply.objects.create(title="Thursday", text="{first_name}, we come on Thursday.")
    page = window(Role.OFFICE, SIZES["phone"])
    page.goto(reverse("people:person", args=[ann.uuid]))
    answer = page.get_by_role("textbox", name="Text")
    with page.expect_response("**/writing/"):
        answer.fill("Hello.")
    page.get_by_role("button", name="Insert").click()
    words = "Hello.\nAnn, we come on Thursday."
    expect(answer).to_have_value(words)
    assert Writing.objects.count() == 1

    for _time in range(2):  # somebody else did something: the page is read again
        with page.expect_response(lambda one: "/people/" in one.url):
            page.evaluate("document.body.dispatchEvent(new CustomEvent('changed:inbox'))")
        page.wait_for_timeout(100)
        expect(answer).to_have_value(words)
    assert page.problems == []
