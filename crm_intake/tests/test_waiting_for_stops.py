"""Before its first byte a sender waits for stops; where it cannot, nothing was handed over."""

import pytest
from django.db import OperationalError

from crm_intake.models import OutgoingText
from crm_intake.services import deliver_text as delivering
from crm_intake.tasks import send_texts
from crm_intake.tests.sending import ANN, fresh, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "customer")]


def test_the_loser_of_a_deadlock_sends_later(provider, monkeypatch):
    text = send()

    def lose(_number):
        raise OperationalError("deadlock detected")

    with monkeypatch.context() as patched:
        patched.setattr(delivering, "_lock", lose)
        send_texts()
    assert (fresh(text).state, provider.kept) == ("QUEUED", [])

    send_texts()
    assert fresh(text).state == "SENT"


def test_who_has_another_number_by_now_is_asked_about_anew(provider, monkeypatch):
    text = send()
    found = iter([[ANN], [ANN, "+16065550199"]])
    with monkeypatch.context() as patched:
        patched.setattr(delivering, "_numbers_beside", lambda _number: next(found))
        send_texts()
    assert (fresh(text).state, provider.kept) == ("QUEUED", [])

    send_texts()
    assert OutgoingText.objects.get().state == "SENT"
