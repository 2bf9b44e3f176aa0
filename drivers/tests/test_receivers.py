"""Who signs in is told to the driver's page."""

import pytest

from drivers.receivers import SIGNED_IN
from portal.accounts.models import Role

PASSWORD = "six trucks before dawn"
pytestmark = pytest.mark.django_db


def sign_in(client, somebody):
    somebody.set_password(PASSWORD)
    somebody.save()
    return client.post("/account/login/", {"login": somebody.email, "password": PASSWORD})


def test_a_log_in_tells_the_browser_which_driver_it_was(client, person, settings):
    settings.SESSION_COOKIE_SECURE = True
    dale = person(Role.DRIVER, email="dale@yard.test")

    told = sign_in(client, dale).cookies[SIGNED_IN]

    assert told.value == str(dale.pk)
    assert told["max-age"] == settings.SESSION_COOKIE_AGE
    assert (told["path"], told["samesite"], told["secure"]) == ("/driver/", "Lax", True)
    assert told["httponly"] == "", "the page could not read it"


def test_who_drives_nothing_leaves_the_phone_to_its_driver(client, person):
    answer = sign_in(client, person(Role.OFFICE, email="ann@yard.test"))

    assert answer.status_code == 302
    assert SIGNED_IN not in answer.cookies
