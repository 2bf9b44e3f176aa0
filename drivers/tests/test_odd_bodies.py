"""Bodies that no phone of ours sends: answered, and of no effect."""

import json

import pytest

from drivers.models import StopAction
from drivers.tests.phone import ACTS, phone_of
from portal.testing.yard import StopFactory

pytestmark = pytest.mark.django_db
DEEP = b"[" * 30_000
DONE = ("APPLIED", "")


@pytest.fixture
def stop():
    return StopFactory()


@pytest.fixture
def phone(stop):
    return phone_of(stop)


def post(phone, body, url=ACTS):
    return phone.client.post(url, body, content_type="application/json")


@pytest.mark.parametrize("url", [ACTS, "/driver/positions"])
@pytest.mark.parametrize("body", [DEEP, b'{"acts": [NaN]}', b'{"positions": [-Infinity]}'])
def test_what_nothing_can_be_done_with_is_no_json(phone, url, body):
    answer = post(phone, body, url)

    assert (answer.status_code, answer.json()) == (400, {"error": "This is no JSON."})


@pytest.mark.parametrize("sent_at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_a_clock_of_another_century_is_named(phone, stop, sent_at):
    about = {"driver": phone.driver.pk, "phone": str(phone.name), "sent_at": sent_at}

    answer = post(phone, json.dumps({**about, "acts": [phone.act("ARRIVED", stop)]}))

    assert answer.status_code == 400
    assert answer.json()["error"].startswith("sent_at: ")


def test_an_act_of_another_century_is_refused_alone(phone, stop):
    old = phone.act("ON_MY_WAY", stop) | {"at": "0001-01-01T00:00:00Z"}

    answers = phone.send(old, phone.act("ARRIVED", stop))

    assert [verdict for verdict, _words in answers] == ["REFUSED", "APPLIED"]
    assert StopAction.objects.get().what == "ARRIVED"
