"""A text that waits is taken back; one whose answer was lost is decided about by a person."""

import pytest
from django.utils import timezone

from crm_intake.models import OutgoingText
from crm_intake.tasks import send_texts
from crm_intake.tests.sending import ANN, fresh, minutes
from crm_intake.tests.talk import HTMX, page_of
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db
State = OutgoingText.State


@pytest.fixture
def text(ann):
    """Return how to make a text to Ann: ``text("HELD", rule="service_hours")``."""

    def make(state, **values):
        now = timezone.now()
        defaults = {"not_before": now + minutes(60), "handed_over_at": now - minutes(11)}
        return OutgoingText.objects.create(
            number=ANN,
            person=ann,
            text="On our way.",
            purpose="REPLY",
            **{**defaults, **values},
            state=state,
        )

    return make


def act(browser, text, name, **data):
    url = f"{page_of(text.person)}texts/{text.pk}/{name}/"
    return browser.post(url, data, headers=HTMX)


@pytest.mark.parametrize(("state", "rule"), [("HELD", "service_hours"), ("QUEUED", "")])
def test_a_text_that_waits_is_taken_back(office, text, provider, state, rule):
    kept = text(state, rule=rule, not_before=timezone.now() - minutes(1))
    assert "Take it back" in office.get(page_of(kept.person)).text

    answer = act(office, kept, "take-back")

    assert answer.status_code == 200
    assert "Take it back" not in answer.text
    send_texts()
    assert (fresh(kept).state, kept.rule, provider.kept) == (State.DROPPED, "", [])
    assert AuditRow.objects.get().new == {"state": "DROPPED"}


@pytest.mark.parametrize("state", ["SENDING", "SENT", "DROPPED"])
def test_what_does_not_wait_is_not_taken_back(office, text, state):
    kept = text(state)
    answer = act(office, kept, "take-back")
    assert answer.status_code == 422
    assert "This text does not wait any more" in answer.text
    assert fresh(kept).state == state


@pytest.mark.parametrize(("how", "state"), [("went_out", State.SENT), ("dropped", State.DROPPED)])
def test_a_person_decides_what_nobody_could_find_out(office, text, how, state):
    kept = text("UNKNOWN")
    assert "The provider does not say." in office.get(page_of(kept.person)).text

    act(office, kept, "decide", **{how: "1"})
    assert fresh(kept).state == state
    again = act(office, kept, "decide", **{how: "1"})
    assert again.status_code == 422
    assert "is known meanwhile" in again.text


def test_nobody_is_asked_as_long_as_the_provider_may_say(office, text):
    kept = text("UNKNOWN", handed_over_at=timezone.now() - minutes(9))
    assert "The provider does not say." not in office.get(page_of(kept.person)).text


def test_the_text_of_another_person_is_not_found(office, text):
    kept = text("QUEUED")
    url = f"/people/{'0' * 8}-0000-0000-0000-{'0' * 12}/texts/{kept.pk}/take-back/"
    assert office.post(url).status_code == 404
