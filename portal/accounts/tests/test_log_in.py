"""Signing in: by e-mail address and password, and by nobody who was not invited."""

import pytest
from django.core import mail

from portal.accounts.adapter import ClosedSignUp
from portal.accounts.models import Role, User

PASSWORD = "six trucks before dawn"


@pytest.fixture
def ann(person):
    somebody = person(Role.OFFICE, email="ann@yard.test")
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


def test_a_wrong_password_is_refused_without_saying_what_was_wrong(client, ann):
    wrong_password = client.post("/account/login/", {"login": ann.email, "password": "no"})
    unknown_address = client.post("/account/login/", {"login": "x@yard.test", "password": "no"})

    sentences = {
        tuple(answer.context["form"].non_field_errors())
        for answer in (wrong_password, unknown_address)
    }
    assert len(sentences) == 1


def test_guessing_is_stopped_after_a_few_tries(client, ann):
    for _ in range(6):
        client.post("/account/login/", {"login": ann.email, "password": "guess"})

    answer = client.post("/account/login/", {"login": ann.email, "password": PASSWORD})

    assert answer.status_code == 200
    assert "Too many failed login attempts" in answer.text


def test_nobody_can_sign_up(client, db):
    answer = client.post("/account/signup/", {"email": "me@yard.test", "password1": PASSWORD})

    assert "given by invitation" in answer.text
    assert not User.objects.exists()


def test_there_are_no_user_names(db):
    user = User()

    ClosedSignUp().populate_username(None, user)

    assert not hasattr(user, "username")


def test_a_forgotten_password_is_mailed_a_link_only_to_somebody_known(client, ann):
    for address in (ann.email, "stranger@yard.test"):
        answer = client.post("/account/password/reset/", {"email": address}, follow=True)
        assert "on its way" in answer.text

    assert [letter.to for letter in mail.outbox if "password/reset/key" in letter.body] == [
        [ann.email]
    ]


def test_a_deactivated_person_is_told_so(client, ann):
    User.objects.update(is_active=False)

    answer = client.post("/account/login/", {"login": ann.email, "password": PASSWORD}, follow=True)

    assert "You cannot sign in" in answer.text


def test_signing_out_needs_a_click_and_ends_the_session(signed_in):
    browser = signed_in(Role.OFFICE)
    browser.get("/account/logout/")
    assert browser.get("/").status_code == 200

    browser.post("/account/logout/")

    assert browser.get("/").status_code == 302


@pytest.mark.parametrize("page", ["password/change", "password/set", "reauthenticate"])
def test_the_pages_of_the_own_account_open(client, ann, page):
    client.force_login(ann)

    assert client.get(f"/account/{page}/", follow=True).status_code == 200
