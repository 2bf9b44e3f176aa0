"""Signing in by a code on the phone: for a shift, and without telling who is known here."""

import datetime as dt
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from crm_intake.ledger.kinds import Kind
from crm_intake.models import OutgoingText
from crm_intake.services.record_consent import Evidence, record_consent
from portal.accounts import views
from portal.accounts.models import Role, User
from portal.office.adapter import CodesByText

pytestmark = pytest.mark.django_db
ASK = "/account/login/code/"
CONFIRM = "/account/login/code/confirm/"
NUMBER = "+13045550188"
NOBODYS = "+13045550199"
PASSWORD = "six trucks before dawn"
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def night(time_machine):
    """Let it be four in the morning, when no news may go out, and codes must."""
    time_machine.move_to("2026-11-23T09:00:00Z")
    return time_machine


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Let no question for a code wait for its answer."""
    monkeypatch.setattr(views, "ASKED_IN", 0)


@pytest.fixture
def dale(person):
    somebody = person(Role.DRIVER, phone=NUMBER, email="dale@yard.test")
    somebody.set_password(PASSWORD)
    somebody.save()
    EmailAddress.objects.create(user=somebody, email=somebody.email, primary=True, verified=True)
    return somebody


def ask(browser, number=NUMBER, **about):
    return browser.post(ASK, {"phone": number, **about}, follow=True)


def last_code():
    return OutgoingText.objects.latest("pk").words.split()[0]


def enter(browser, code, **about):
    return browser.post(CONFIRM, {"code": code, **about}, follow=True)


def said(answer):
    """Return what the page says: its text without what differs by browser and number."""
    text = answer.text.replace(NUMBER, "N").replace(NOBODYS, "N")
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_driver_asks_for_a_code_and_is_at_the_run(client, dale):
    login = client.get("/account/login/?next=/driver/")
    assert f'href="{ASK}?next=%2Fdriver%2F"' in login.text

    page = ask(client, "(304) 555-0188", next="/driver/")
    assert page.redirect_chain == [(f"{CONFIRM}?next=%2Fdriver%2F", 302)]
    assert 'inputmode="numeric" autocomplete="one-time-code"' in page.text
    assert OutgoingText.objects.get().number == NUMBER
    answer = enter(client, last_code(), next="/driver/")

    assert answer.redirect_chain == [("/driver/", 302)]
    assert (answer.status_code, answer.context["user"]) == (200, dale)
    assert client.cookies["signed-in"].value == str(dale.pk), "for the phone's page"


def test_without_a_page_to_go_back_to_a_driver_is_at_the_run_too(client, dale):
    ask(client)

    assert enter(client, last_code()).redirect_chain[-1] == ("/driver/", 302)


def test_spaces_in_a_code_are_no_matter(client, dale):
    ask(client)
    code = last_code()

    assert enter(client, f" {code[:3]} {code[3:]}").redirect_chain[-1][0] == "/driver/"


def test_the_log_in_lasts_the_shift_from_its_beginning(client, dale, night):
    ask(client)
    enter(client, last_code())
    night.shift(15 * HOUR)
    session = client.session
    session["seen"] = "it is written anew, and lasts no longer"
    session.save()
    assert client.get("/driver/").status_code == 200

    night.shift(HOUR + dt.timedelta(seconds=1))

    answer = client.get("/driver/")
    assert (answer.status_code, answer.url) == (302, "/account/login/?next=/driver/")


def test_the_shift_is_as_long_as_the_setting_says(client, dale, night, settings):
    settings.CODE_LOGIN_HOURS = 2
    ask(client)
    enter(client, last_code())
    night.shift(2 * HOUR + dt.timedelta(seconds=1))

    assert client.get("/driver/").status_code == 302


def test_a_log_in_by_password_lasts_as_before(client, dale, night):
    answer = client.post("/account/login/", {"login": dale.email, "password": PASSWORD})
    assert answer.status_code == 302
    night.shift(13 * 24 * HOUR)

    assert client.get("/driver/").status_code == 200


def test_only_a_code_ends_with_the_shift(client, dale, rf):
    request = rf.post("/")
    request.session, request.user = client.session, AnonymousUser()

    CodesByText(request).login(request, dale)

    assert (request.user, "_session_expiry" in request.session) == (dale, False)


def test_a_number_that_nobody_has_is_answered_alike_and_nothing_is_sent(client, dale):
    stranger = Client()
    known, unknown = ask(client), ask(stranger, NOBODYS)
    assert (known.status_code, known.redirect_chain) == (200, unknown.redirect_chain)
    assert said(known) == said(unknown)
    assert OutgoingText.objects.values_list("number").get() == (NUMBER,)

    wrong = "000000" if last_code() != "000000" else "111111"
    for _ in range(3):
        known, unknown = enter(client, wrong), enter(stranger, wrong)
        assert (known.status_code, known.redirect_chain) == (200, unknown.redirect_chain)
        assert said(known) == said(unknown)
    assert enter(stranger, "").redirect_chain == [(ASK, 302)]


def test_how_long_the_answer_takes_tells_nothing(client, dale, monkeypatch):
    now, slept = iter([0, 5.0, 5.02, 0, 7.0, 7.005, 0, 9.0, 9.5]), []
    monkeypatch.setattr(views, "ASKED_IN", 0.3)
    clock = SimpleNamespace(monotonic=lambda: next(now), sleep=slept.append)
    monkeypatch.setattr(views, "time", clock)

    for number in (NUMBER, NOBODYS, NUMBER):
        client.get(ASK)
        Client().post(ASK, {"phone": number})

    assert slept == pytest.approx([0.28, 0.295, 0])


@pytest.mark.parametrize("number", ["12", "Dale", ""])
def test_what_is_no_number_is_said(client, db, number):
    answer = ask(client, number)

    assert answer.context["form"].errors.keys() == {"phone"}
    assert not OutgoingText.objects.exists()


@pytest.mark.parametrize("about", [{"is_active": False}, {"role": Role.ADMIN}])
def test_somebody_who_may_not_sign_in_gets_nothing(client, dale, about):
    User.objects.filter(pk=dale.pk).update(**about)

    assert ask(client).redirect_chain == [(CONFIRM, 302)]
    assert not OutgoingText.objects.exists()


def test_somebody_who_may_not_sign_in_any_more_is_told_so(client, dale):
    ask(client)
    User.objects.update(is_active=False)

    answer = enter(client, last_code())

    assert "You cannot sign in" in answer.text
    assert "too old" not in answer.text


def test_a_wrong_code_is_said_and_three_are_enough(client, dale):
    ask(client)
    code = last_code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(2):
        assert "This is not the code." in enter(client, wrong).text
    answer = enter(client, wrong, next="/driver/")

    assert answer.redirect_chain == [(f"{ASK}?next=%2Fdriver%2F", 302)]
    assert "Too many failed login attempts." in answer.text
    assert "too old" not in answer.text
    assert enter(client, code).redirect_chain[-1] == (ASK, 302)
    assert client.get("/driver/").status_code == 302


def test_an_old_code_is_said_to_be_so(client, dale, night):
    ask(client)
    code = last_code()
    night.shift(dt.timedelta(minutes=10, seconds=1))
    answer = enter(client, code, next="/driver/")

    assert answer.redirect_chain == [(f"{ASK}?next=%2Fdriver%2F", 302)]
    assert "That code is too old. Ask for a new one." in answer.text
    assert "too old" not in client.get(CONFIRM, follow=True).text


@pytest.mark.parametrize("way", [ASK, "/account/login/"])
def test_another_way_can_be_taken_from_the_page_of_the_code(client, dale, way):
    page = ask(client, next="/driver/")
    there = f"{way}?next=%2Fdriver%2F"
    assert f'name="next" value="{there}"' in page.text

    answer = client.post(reverse("account_logout"), {"next": there}, follow=True)

    assert (answer.redirect_chain, answer.status_code) == ([(there, 302)], 200)
    assert "signed out" not in answer.text


def test_asking_fifty_times_texts_three_a_minute_and_five_a_day(client, dale, night):
    for _ in range(50):
        answer = ask(Client(), NUMBER)
    assert "Codes were asked for too often." in answer.text
    assert OutgoingText.objects.count() == 3

    for _ in range(50):
        night.shift(dt.timedelta(minutes=2))
        ask(Client(), NUMBER)
    states = OutgoingText.objects.order_by("pk").values_list("state", "rule")
    sent, refused = states[:5], states[5:]
    assert set(sent) == {("QUEUED", "")}
    assert set(refused) == {("REFUSED", "too_many_codes")}
    assert states.count() == 10  # as often as a code could be guessed at


def test_many_numbers_cannot_be_tried_from_one_address(client, dale):
    for number in range(21):
        answer = ask(Client(), f"+1304555{number:04}")

    assert "Codes were asked for too often." in answer.text


def test_what_the_gate_refuses_is_answered_alike_and_seen_by_the_office(client, dale, admin):
    record_consent(
        number=NUMBER, kind=Kind.REVOKED, source="staff", action="spoken", evidence=Evidence()
    )
    page, unknown = ask(client), ask(Client(), NOBODYS)
    assert said(page) == said(unknown)

    text = OutgoingText.objects.get()
    assert (text.state, text.rule, text.secret) == ("REFUSED", "person_said_stop", "")
    page = admin.get(reverse("office:person-change", args=[dale.pk]))
    assert "The person has asked to get no more texts." in page.text


def test_neither_a_code_nor_a_number_is_in_the_logs(client, dale, caplog, capfd):
    ask(client)
    code = last_code()
    enter(client, code)
    enter(client, "000000")

    logged = caplog.text + "".join(capfd.readouterr())
    assert code not in logged
    assert NUMBER[2:] not in logged
    assert not any(code in str(one.get_decoded()) for one in Session.objects.all())


def test_numbers_are_an_administrators_to_enter(dale):
    adapter = CodesByText()

    assert adapter.get_phone(dale) == (NUMBER, True)
    assert adapter.get_phone(User(phone="")) is None
    assert adapter.get_user_by_phone("") is None
    with pytest.raises(PermissionDenied):
        adapter.set_phone(dale, NOBODYS, verified=True)
