"""People sign up for news by text: shown what they agree to, asked, and only then written to."""

import re

import pytest
from django.utils import timezone

from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.models import Lead, LedgerEvent, LedgerEvidence, OutgoingText, TextProgram
from crm_intake.selectors.consent import standing_of
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.tasks import send_texts
from crm_intake.tests.talk import ANN
from portal.setup.models import BusinessProfile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
PAGES = ["/texts/", "/texts/form/"]


@pytest.fixture
def program():
    """Let Oak & Sons have news to sign up for."""
    BusinessProfile.objects.create(
        pk=1,
        name="Oak & Sons",
        country="US",
        phones=["+16065550100"],
        time_zone="America/New_York",
    )
    return TextProgram.objects.create(
        pk=1,
        about="offers and news",
        frequency="up to 4 texts a month",
        keyword="oak",
        terms_url="https://oak.example/terms",
        privacy_url="https://oak.example/privacy",
        embedded_on=["https://oak.example"],
    )


@pytest.fixture
def fill(client, time_machine):
    """Fill the form in as a person does: ``fill()``."""

    def send(page="/texts/", seconds=5, **values):
        made = re.search(r'name="made" value="([^"]+)"', client.get(page).text)[1]
        time_machine.shift(seconds)
        data = {"number": "(606) 555-0123", "agree": "on", "made": made, **values}
        return client.post(page, data, headers={"User-Agent": "A browser"})

    return send


@pytest.fixture
def asked(fill):
    """Let Ann sign up, and the question go out."""
    fill()
    send_texts()


def kinds():
    return list(LedgerEvent.objects.order_by("pk").values_list("kind", flat=True))


def texts():
    return list(OutgoingText.objects.order_by("pk").values_list("purpose", "state"))


@pytest.mark.parametrize("page", PAGES)
def test_nobody_signs_up_where_there_is_nothing(client, page):
    assert client.get(page).status_code == 404
    TextProgram.objects.create(pk=1, about="x", frequency="x", is_open=False)
    assert client.post(page).status_code == 404


def test_the_page_says_all_that_it_must(client, program):
    page = client.get("/texts/").text
    for words in (
        "Text <strong>OAK</strong> to <strong>+1 606-555-0100</strong>",
        "up to 4 texts a month",
        "recurring texts with offers and news from Oak &amp; Sons, sent automatically",
        "I need not agree to buy anything.",
        "Msg &amp; data rates may apply.",
        "Reply STOP to end them, HELP for help, or call +1 606-555-0100.",
        "https://oak.example/terms",
        "https://oak.example/privacy",
    ):
        assert words in page, words
    assert re.search(r'name="agree"[^>]*checked', page) is None


@pytest.mark.parametrize("page", PAGES)
def test_who_signs_up_is_asked_and_nothing_else(fill, program, page):
    answer = fill(page)

    assert answer.status_code == 200
    assert "Thank you." in answer.text
    assert (kinds(), texts()) == (["REQUESTED"], [("QUESTION", "QUEUED")])
    assert OutgoingText.objects.get().text.startswith("Oak & Sons: reply YES to get offers")
    kept = LedgerEvidence.objects.get()
    assert kept.shown.startswith("I agree to get recurring texts")
    assert (kept.ip, kept.user_agent, len(kept.shown_version)) == ("127.0.0.1", "A browser", 12)
    assert kept.url.endswith(page)
    assert standing_of(ANN).refuses(Purpose.MARKETING)


def test_a_yes_makes_it_written_consent_and_is_confirmed(program, asked, says):
    says("Yes")

    assert kinds() == ["REQUESTED", "CONFIRMED"]
    assert not standing_of(ANN).refuses(Purpose.MARKETING)
    welcome = OutgoingText.objects.get(purpose="REPLY")
    assert welcome.text == (
        "Oak & Sons: you will get offers and news, up to 4 texts a month. Msg & data rates may"
        " apply. Questions? Call +1 606-555-0100. Reply STOP to end, HELP for help."
    )
    assert not Lead.objects.exists()


def test_a_stop_that_comes_before_it_was_confirmed_lets_nothing_out(program, asked, says):
    says("Yes")
    says("stop")
    send_texts()
    assert texts() == [("QUESTION", "SENT"), ("REPLY", "REFUSED")]


def test_a_word_with_figures_and_signs_is_known(says, program):
    TextProgram.objects.update(keyword="hay-deals50")
    says("HAY-DEALS50!")
    assert kinds() == ["RESTART_ASKED", "REQUESTED"]


def test_a_yes_before_the_question_went_out_is_none_to_it(fill, program, says):
    fill()
    says("Yes")
    assert (kinds(), Lead.objects.count()) == (["REQUESTED"], 1)


def test_a_yes_to_something_else_agrees_to_nothing(program, asked, says, time_machine):
    other = {"purpose": "REPLY", "state": "SENT", "handed_over_at": timezone.now()}
    OutgoingText.objects.create(number=ANN, text="Is Thursday fine?", **other)
    says("Yes")
    assert kinds() == ["REQUESTED"]

    OutgoingText.objects.filter(purpose="REPLY").delete()
    time_machine.move_to("2026-11-26T17:00:00Z")
    says("yes")
    assert kinds() == ["REQUESTED"]
    assert standing_of(ANN).refuses(Purpose.MARKETING)


def test_it_is_asked_in_good_hours_only(fill, program, time_machine):
    page = fill  # the form was made at noon; it comes back late in the evening
    answer = page(seconds=11 * 3600)
    assert answer.status_code == 200
    assert texts() == [("QUESTION", "HELD")]


def test_who_has_said_stop_is_not_asked(fill, program):
    record_consent(
        number=ANN, kind=Kind.REVOKED, source="staff", action="spoken", evidence=Evidence()
    )
    assert "Thank you." in fill().text
    assert texts() == [("QUESTION", "REFUSED")]


def test_nobody_is_asked_twice_a_day(fill, program):
    for _time in range(2):
        assert "Thank you." in fill().text
    assert (kinds(), texts()) == (["REQUESTED"], [("QUESTION", "QUEUED")])


def test_one_address_signs_few_up(fill, program):
    for place in range(5):
        assert fill(number=f"606555010{place}").status_code == 200
    answer = fill(number="6065550110")
    assert answer.status_code == 422
    assert "Too many have signed up just now." in answer.text
    assert len(kinds()) == 5


def test_all_together_sign_few_up(fill, program, monkeypatch):
    monkeypatch.setattr("crm_intake.selectors.program.MOST_OF_ALL", 1)
    fill()
    LedgerEvidence.objects.all()._raw_delete("default")
    assert fill(number="6065550110").status_code == 200
    assert fill(number="6065550111").status_code == 422


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"agree": ""}, "Tick the box to agree"),
        ({"number": "oak"}, "This is no telephone number."),
        ({"number": ""}, "This field is required."),
        ({"made": "form:1:x"}, "The page is too old."),
        ({"made": ""}, "This field is required."),
        ({"seconds": 1}, "That was very quick."),
        ({"seconds": 13 * 3600}, "The page is too old."),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(fill, program, wrong, why):
    answer = fill(**wrong)
    assert answer.status_code == 422
    assert why in answer.text
    assert (kinds(), texts()) == ([], [])


def test_a_refused_form_shows_what_was_typed(fill, program):
    answer = fill(agree="").text

    assert 'value="(606) 555-0123"' in answer


def test_a_refused_form_can_be_sent_again(client, fill, program, time_machine):
    page = fill(agree="").text
    made = re.search(r'name="made" value="([^"]+)"', page)[1]
    time_machine.shift(5)
    data = {"number": "606-555-0123", "agree": "on", "made": made}
    assert client.post("/texts/", data).status_code == 200
    assert kinds() == ["REQUESTED"]


def test_a_program_that_fills_all_in_is_thanked_and_nothing_else(fill, program):
    assert "Thank you." in fill(website="https://spam.example").text
    assert (kinds(), texts()) == ([], [])


def test_the_part_is_shown_within_the_named_sites_alone(client, program):
    answer = client.get("/texts/form/")
    assert "frame-ancestors https://oak.example" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    whole = client.get("/texts/")
    assert whole.headers["X-Frame-Options"] == "DENY"
    TextProgram.objects.update(embedded_on=[])
    answer = client.get("/texts/form/")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("word", ["OAK", "oak!", " Oak. "])
def test_who_sends_the_word_is_asked(says, program, word):
    says(word)
    assert kinds() == ["RESTART_ASKED", "REQUESTED"]
    assert texts() == [("QUESTION", "QUEUED")]
    assert not Lead.objects.exists()
    send_texts()
    says("yes")
    assert kinds()[-1] == "CONFIRMED"


def test_who_said_stop_may_ask_again_from_the_telephone(says, program):
    says("stop")
    says("oak")
    assert texts()[-1] == ("QUESTION", "QUEUED")
    assert standing_of(ANN).refuses(Purpose.MARKETING)


@pytest.mark.parametrize("text", ["2 cords of oak?", "oak " * 20])
def test_a_text_with_the_word_in_it_is_a_lead(says, program, text):
    says(text)
    assert (kinds(), Lead.objects.count()) == ([], 1)


def test_a_yes_is_confirmed_by_nobody_when_the_programme_has_ended(program, asked, says):
    TextProgram.objects.update(is_open=False)
    says("yes")
    assert kinds() == ["REQUESTED", "CONFIRMED"]
    assert not OutgoingText.objects.exclude(purpose="QUESTION").exists()
