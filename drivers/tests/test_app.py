"""The page that phones keep, and what makes it one that can be installed."""

import json
import re

import pytest
from django.urls import reverse

from portal.setup.models import BusinessProfile
from portal.testing.yard import StopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(client):
    client.force_login(StopFactory().run.driver.user)
    return client


def shell_of(phone):
    answer = phone.get(reverse("drivers:worker"))
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    return json.loads(re.match(r"self\.SHELL = (\{.*\});", answer.text)[1])


def test_the_page_says_nothing_of_anybody(phone):
    """It is kept on the phone for whoever signs in there next."""
    page = phone.get("/driver/")

    assert page.text == phone.get("/driver/deliveries").text
    assert "Whitfield" not in page.text
    assert "csrf" not in page.text


def test_all_that_the_page_loads_is_kept_with_it(phone):
    shell, page = shell_of(phone), phone.get("/driver/").text

    loaded = re.findall(r'<(?:script src|link rel="(?:stylesheet|icon)" href)="([^"]+)"', page)
    assert len(loaded) == 4
    assert set(loaded) <= set(shell["files"])
    assert shell["page"] == "/driver/"


def test_another_page_is_another_version(phone):
    first = shell_of(phone)["version"]
    assert shell_of(phone)["version"] == first

    BusinessProfile.objects.create(pk=1, name="Hill Wood", country="US", time_zone="UTC")

    assert shell_of(phone)["version"] != first


def test_the_page_can_be_installed(phone):
    answer = phone.get(reverse("drivers:manifest"))

    told = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["display"]) == (
        "/driver/",
        "/driver/",
        "standalone",
    )
    assert [one["sizes"] for one in told["icons"]] == ["192x192", "512x512"]
