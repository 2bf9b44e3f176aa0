"""All that the ledger has of a person, on paper."""

import pgtrigger
import pytest

from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.models import LedgerEvent, LedgerEvidence, Person
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.services.send_text import send_text
from crm_intake.tests.importing import sale, take
from crm_intake.tests.talk import ANN, page_of
from crm_intake.views import ledger
from portal.core.pdf import PdfNotAvailable
from portal.setup.models import BusinessProfile
from portal.testing.paper import pages_of, text_of

pytestmark = pytest.mark.django_db
SAID = "Bitte hört auf! <b>Grüße</b> 🪵 \u202e"


def add(kind=Kind.REVOKED, **values):
    return record_consent(number=ANN, kind=kind, source="web_form", action="checkbox", **values)


@pytest.fixture
def anna():
    """Let there be Ann with a stop, and a text that was refused for it."""
    person = Person.objects.create(name="Änn")
    person.numbers.create(number=ANN)
    shown = Evidence(wording=SAID, shown="Ja, ich will Texte.", shown_version="v7", ip="192.0.2.1")
    add(evidence=shown)
    send_text(number=ANN, text="Your wood is on its way", purpose=Purpose.REPLY, by=None)
    return person


@pytest.fixture
def paper(admin, anna):
    """Hand it out: ``paper()`` is its pages."""

    def hand_out():
        answer = admin.get(page_of(anna) + "consent.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].endswith(f'consent-{anna.uuid}.pdf"')
        return pages_of(answer.content)

    return hand_out


def test_it_holds_what_was_said_what_was_shown_and_all_hashes(paper, admin):
    BusinessProfile.objects.create(pk=1, name='Oak "&" Co.', country="US", time_zone="UTC")

    text = " ".join(" ".join(paper()).split())

    event = LedgerEvent.objects.get()
    for part in (
        *("Bitte hört auf! <b>Grüße</b>", "Ja, ich will Texte. Version v7", "192.0.2.1", "Änn"),
        *("Event 1: REVOKED", "web_form, checkbox", "all texts", ANN, "+1 606-555-0123"),
        *("1 event.", "Proof: the chain is intact", 'Oak "&" Co.', f"by {admin.user.name}"),
        *("Your wood is on its way", "Refused", "person_said_stop: The person has asked"),
        *(event.hash, event.evidence_sha256, event.previous, "1 / "),
        event.occurred_at.strftime("%Y-%m-%d %H:%M:%S +0000"),
    ):
        assert part in text, part


def test_many_events_are_all_there_on_numbered_pages(paper):
    for number in range(20):
        add(
            Kind.REQUESTED,
            purpose=Purpose.DELIVERY,
            evidence=Evidence(wording=f"Question {number}"),
        )

    pages = paper()

    assert len(pages) > 3
    assert "21 events." in " ".join(pages)
    for number, page in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in page
    for place in range(1, 22):
        assert f"Event {place}: " in " ".join(pages)


def test_what_is_longer_than_a_page_is_there_to_its_end(paper):
    add(evidence=Evidence(wording="\n".join(f"line {number} {'w' * 200}" for number in range(40))))

    assert "line 39 w" in " ".join(" ".join(paper()).split())


@pytest.mark.parametrize(
    ("forged", "words"),
    [
        ("GRANTED", "PROOF FAILED: the chain is broken at event 1."),
        (None, "PROOF FAILED: evidence is not what was recorded."),
    ],
)
def test_it_says_when_the_ledger_was_tampered_with(paper, forged, words):
    with pgtrigger.ignore():
        if forged:
            LedgerEvent.objects.update(kind=forged)
        else:
            LedgerEvidence.objects.update(wording="START")

    text = " ".join(" ".join(paper()).split())

    assert words in text
    assert "Proof:" not in text
    assert ("(NOT AS RECORDED)" in text) is (forged is None)


def test_what_was_erased_and_what_was_imported_say_so(paper):
    LedgerEvidence.objects.all().delete()
    take("consents", sale())

    text = " ".join(" ".join(paper()).split())

    assert "erased; the event stays" in text
    assert "Proof: the chain is intact" in text
    assert '{"rows": "consents", "row": {"phone": "+16065550123"' in text


def test_a_person_of_whom_nothing_is_known_has_a_page_that_says_so(admin):
    nobody = Person.objects.create()

    text = text_of(admin.get(page_of(nobody) + "consent.pdf").content)

    assert "Numbers: \u2013" in text
    assert "None." in text


def test_a_server_that_can_make_none_says_so_on_the_person_s_page(admin, anna, monkeypatch):
    def refuse(*_, **__):
        raise PdfNotAvailable("No PDF can be made on this server.")

    monkeypatch.setattr(ledger, "pdf_of", refuse)
    page = admin.get(page_of(anna) + "consent.pdf", follow=True)

    assert "No PDF can be made on this server." in page.text
    assert "on paper" in page.text
