"""An administrator says what the news by text are."""

import pytest
from django.urls import reverse

from crm_intake.models import TextProgram
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db
NEW = {
    "about": "news",
    "frequency": "once a month",
    "keyword": "Logs",
    "terms_url": "oak.example/terms",
    "privacy_url": "https://oak.example/privacy",
    "embedded_on": "https://a.example, https://b.example",
    "is_open": "on",
}


def test_an_administrator_says_what_it_is(admin):
    assert "News by text" in admin.get("/setup/").text
    assert admin.post(reverse("office:program-change"), NEW).status_code == 302
    kept = TextProgram.objects.get()
    assert (str(kept), kept.keyword, kept.terms_url) == (
        "news",
        "logs",
        "https://oak.example/terms",
    )
    assert kept.embedded_on == ["https://a.example", "https://b.example"]
    assert AuditRow.objects.filter(what="text programme changed").count() == 1
    assert "https://a.example, https://b.example" in admin.get("/setup/").text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"keyword": "stop"}, "This word means something already"),
        ({"keyword": "two words"}, "Enter a valid"),
        ({"embedded_on": "http://a.example"}, "Write http://a.example like https://example.com."),
        ({"embedded_on": "https://a.example/x"}, "like https://example.com."),
        ({"terms_url": ""}, "This field is required."),
    ],
)
def test_what_it_cannot_be_is_refused(admin, wrong, why):
    answer = admin.post(reverse("office:program-change"), {**NEW, **wrong})
    assert answer.status_code == 422
    assert why in answer.text
    assert not TextProgram.objects.exists()
