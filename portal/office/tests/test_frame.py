"""The frame of every page, health, live changes and kept mail."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection

from portal.accounts.models import Role
from portal.core import changes


@pytest.mark.parametrize(("role", "sees_setup"), [(Role.ADMIN, True), (Role.OFFICE, False)])
def test_the_header_links_the_pages_of_the_role_alone(signed_in, role, sees_setup):
    page = signed_in(role).get("/").text

    assert ('href="/setup/"' in page) is sees_setup
    assert '<a href="/" aria-current="page">' in page


def test_the_page_that_is_open_is_marked(admin):
    page = admin.get("/setup/").text

    assert '<a href="/setup/" aria-current="page">' in page
    assert '<a href="/" aria-current="page">' not in page


def test_everything_but_production_carries_a_ribbon(signed_in, settings):
    browser = signed_in(Role.OFFICE)
    settings.RIBBON = "demo"
    assert ">demo</aside>" in browser.get("/").text

    settings.RIBBON = ""
    assert "ribbon" not in browser.get("/").text


@pytest.mark.django_db(transaction=True)
def test_nothing_new_is_204_and_something_new_is_named(signed_in):
    browser = signed_in(Role.OFFICE)
    position = changes.position_now()
    assert browser.get("/live", {"since": position}).status_code == 204

    changes.touch("board")

    answer = browser.get("/live", {"since": position}).json()
    assert answer["topics"] == ["board"]
    assert browser.get("/live", {"since": answer["position"]}).status_code == 204


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("since", ["", "0", "-1", "1e9", "5:3:", "٣", "x' or 1=1"])
def test_whoever_asks_from_the_beginning_or_from_nowhere_is_told_everything(signed_in, since):
    browser = signed_in(Role.OFFICE)
    changes.touch("board")

    answer = browser.get("/live", {"since": since})

    assert answer.status_code == 200
    assert "board" in answer.json()["topics"]


def test_health_tells_a_stranger_no_details(db, client):
    answer = client.get("/health")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_health_tells_the_bearer_of_the_token_each_dependency(db, client, settings):
    settings.HEALTH_TOKEN = "let me see"

    answer = client.get("/health", headers={"Authorization": "Bearer let me see"}).json()

    assert answer["version"] == settings.VERSION
    assert answer["dependencies"]["database"]["detail"].startswith("PostgreSQL 1")
    assert answer["dependencies"]["redis"] == {"ok": True, "detail": "answers"}
    assert client.get("/health", headers={"Authorization": "Bearer guess"}).json() == {
        "status": "ok"
    }


def test_without_redis_pages_are_still_served(db, client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    answer = client.get("/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "degraded"})
    assert client.get("/health/ready").status_code == 200


def test_without_the_database_nothing_is_ready_but_the_process_lives(client, unreachable_database):
    assert client.get("/health").status_code == 503
    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.fixture
def unreachable_database(django_db_blocker):
    """Point this test's connection at a port where nobody listens."""
    from django.db import connections  # noqa: PLC0415 - for this test only

    with django_db_blocker.unblock():
        usual = connections["default"]
        broken = usual.copy()
        broken.settings_dict = {**usual.settings_dict, "HOST": "127.0.0.1", "PORT": "1"}
        connections["default"] = broken
        yield
        connections["default"] = usual


@pytest.fixture
def kept_mail(settings, tmp_path: Path):
    """Keep mail in files, as the demo does."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return get_connection()


def test_kept_mail_can_be_read_newest_first(admin, kept_mail):
    assert "No mail yet" in admin.get("/mail/").text
    for subject in ("First", "Second ü"):
        EmailMessage(
            subject, "Zoë, see http://testserver/x <b>", to=["ann@yard.test"], connection=kept_mail
        ).send()

    page = admin.get("/mail/").text

    assert page.index("Second ü") < page.index("First")
    assert '<a href="http://testserver/x"' in page
    assert "&lt;b&gt;" in page
    assert "Zoë" in page


def test_where_mail_is_really_sent_there_is_no_such_page(admin):
    assert admin.get("/mail/").status_code == 404


def test_who_has_a_home_of_their_own_is_not_sent_round_by_the_office_s(signed_in):
    page = signed_in(Role.DIRECTOR).get("/director/").text

    assert '<a href="/director/" aria-current="page">' in page
    assert ">Today<" not in page
