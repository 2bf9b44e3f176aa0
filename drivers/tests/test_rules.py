"""What an administrator chooses of the drivers' day."""

import datetime as dt

import pytest
from django.urls import reverse

from drivers.models import DriverRules
from portal.accounts.models import Role
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db
RULES = reverse("drivers:rules")


def test_a_time_at_which_nobody_reads_texts_changes_nothing(signed_in):
    browser = signed_in(Role.ADMIN)

    answer = browser.post(reverse("drivers:rules-change"), {"evening_text_at": "23:00"})

    assert answer.status_code == 422
    assert "between noon and 8 in the evening" in answer.text
    assert not DriverRules.objects.exists()
    browser.post(reverse("drivers:rules-change"), {"evening_text_at": "17:30"})
    assert DriverRules.objects.get().evening_text_at == dt.time(17, 30)
    assert 'value="17:30' in browser.get(RULES).text


def test_an_administrator_chooses_what_is_told(signed_in):
    browser = signed_in(Role.ADMIN)
    assert browser.get(RULES).text.count(" checked") == 2

    for _twice in range(2):
        answer = browser.post(
            reverse("drivers:rules-change"), {"text_on_arrival": "on", "text_receipt": "on"}
        )
        assert answer.url == RULES

    rules = DriverRules.objects.get()
    assert (rules.text_on_the_way, rules.text_on_arrival) == (False, True)
    assert str(rules) == "rules for drivers"
    entry = AuditRow.objects.get(what="rules for drivers changed")
    assert entry.old == {"text_on_the_way": True, "text_receipt": False}
    assert entry.new == {"text_on_the_way": False, "text_receipt": True}
