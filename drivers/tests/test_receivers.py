"""Who signs in is told to the driver's page."""

import pytest

from drivers.receivers import SIGNED_IN
from portal.accounts.models import Role

PASSWORD = "six trucks before dawn"


@pytest.mark.parametrize("role", [Role.DRIVER, Role.OFFICE])
@pytest.mark.django_db
def test_a_log_in_tells_the_browser_who_it_was(client, person, settings, role):
    settings.SESSION_COOKIE_SECURE = True
    dale = person(role, email="dale@yard.test")
    dale.set_password(PASSWORD)
    dale.save()

    answer = client.post("/account/login/", {"login": dale.email, "password": PASSWORD})

    told = answer.cookies[SIGNED_IN]
    assert told.value == str(dale.pk)
    assert told["max-age"] == settings.SESSION_COOKIE_AGE
    assert (told["path"], told["samesite"], told["secure"]) == ("/driver/", "Lax", True)
    assert told["httponly"] == "", "the page could not read it"
