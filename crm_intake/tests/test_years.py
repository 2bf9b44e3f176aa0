"""A date says its year where that is not this one: in the talk, and in the inbox."""

import pytest

from crm_intake.models import Conversation, Message, OutgoingText
from crm_intake.tests.talk import ANN, NOON, delivery, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ("2026-11-23T18:00:00Z", "23 Nov 12:00"),
        ("2027-01-01T04:59:00Z", "23 Nov 12:00"),  # the last minute of the year in New York
        ("2027-01-01T05:00:00Z", "23 Nov 2026 12:00"),
    ],
)
def test_a_date_of_another_year_says_which(office, ann, time_machine, today, shown):
    Message.objects.update(occurred_at=NOON)
    Conversation.objects.update(last_at=NOON)
    held = {"state": "HELD", "rule": "service_hours", "not_before": NOON}
    OutgoingText.objects.create(number=ANN, person=ann, text="Soon.", purpose="REPLY", **held)
    nobody = {"person": None, "sender": "72345", "text": "A code", "occurred_at": NOON}
    done = {"done_at": NOON, "done_by": office.user}
    for key, more in (("open", {}), ("done", done)):
        post = delivery()
        Message.objects.create(provider="quo", event_key=key, delivery=post, **nobody, **more)
    time_machine.move_to(today)
    office.force_login(office.user)

    page = office.get(page_of(ann)).text
    assert f'">{shown}</time>' in page
    assert f"It leaves {shown}." in page
    listed = office.get("/inbox/").text
    assert listed.count(f'">{shown}</time>') == 2
    assert f"has seen to it, {shown}." in office.get("/inbox/", {"q": "code"}).text
