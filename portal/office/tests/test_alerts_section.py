"""The set-up page's section about who is told of troubles with Odoo."""

import pytest
from django.core import mail
from django.db import connection

from odoo_bridge.tests.alerts.conftest import chat  # noqa: F401 - a fixture
from odoo_bridge.tests.alerts.test_telling import broken_mail  # noqa: F401 - a fixture
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.office.forms.alerts import MOST
from portal.setup.models import WhoIsTold
from portal.setup.selectors.who_is_told import who_is_told

SAVE, TEST = "/setup/alerts", "/setup/alerts/test"
CHAT = "https://hooks.example.com/services/s3cr3t"


def test_before_anybody_is_chosen_the_administrators_are_ticked(admin, person):
    person(Role.OFFICE, name="Ann")

    page = admin.get("/setup/").text.partition('id="alerts"')[2]

    assert page.count("checked") == 1
    assert "Ann (Office)" in page
    assert "No chat is told." in page
    assert who_is_told().addresses == (admin.user.email,)


def test_people_addresses_and_a_chat_are_chosen(admin, person):
    ann = person(Role.OFFICE, name="Ann", email="ann@yard.test")

    answer = admin.post(
        SAVE,
        {"people": [ann.pk], "addresses": "Yard@yard.test, b@yard.test", "chat_url": CHAT},
        follow=True,
    )

    assert "Who is told is saved." in answer.text
    assert who_is_told().addresses == ("ann@yard.test", "yard@yard.test", "b@yard.test")
    assert who_is_told().chat_url == CHAT
    assert str(WhoIsTold.objects.get()) == "who is told"


def test_the_chat_s_address_is_kept_encrypted_and_never_shown_nor_audited(admin):
    answer = admin.post(SAVE, {"chat_url": CHAT}, follow=True)

    assert "The chat at hooks.example.com is told." in answer.text
    assert "s3cr3t" not in answer.text
    with connection.cursor() as cursor:
        cursor.execute("select chat_url from setup_whoistold")
        assert "s3cr3t" not in cursor.fetchone()[0]
    row = AuditRow.objects.get()
    assert (row.by, row.new["chat"], row.new["chat_address"]) == (admin.user, True, "changed")
    assert "s3cr3t" not in str(row.old) + str(row.new)


def test_an_empty_chat_field_keeps_the_chat_and_a_tick_removes_it(admin):
    admin.post(SAVE, {"chat_url": CHAT})

    admin.post(SAVE, {"addresses": "a@yard.test"})
    assert who_is_told().chat_url == CHAT
    admin.post(SAVE, {"addresses": "a@yard.test", "remove_chat": "on"})
    assert who_is_told().chat_url == ""
    rows = AuditRow.objects.count()
    admin.post(SAVE, {"addresses": "a@yard.test"})
    assert AuditRow.objects.count() == rows, "nothing was changed"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"addresses": "ann"}, "ann is no mail address."),
        ({"addresses": ",".join(f"a{n}@yard.test" for n in range(MOST + 1))}, "At most 20"),
        ({"people": ["0"]}, "not one of the available choices"),
        ({"chat_url": "http://hooks.example.com/x"}, "must start with https://"),
        ({"chat_url": "https://10.0.0.1/x"}, "anybody can reach"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(admin, fields, words):
    answer = admin.post(SAVE, fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert not WhoIsTold.objects.exists()


def test_a_test_is_sent_to_all_and_says_how_it_went(admin, chat):  # noqa: F811 - the fixture
    admin.post(SAVE, {"addresses": "a@yard.test, b@yard.test", "chat_url": chat.url})

    answer = admin.post(TEST, follow=True)

    assert "A mail is on its way to a@yard.test, b@yard.test." in answer.text
    assert "The chat has the message." in answer.text
    assert mail.outbox[0].to == ["a@yard.test", "b@yard.test"]
    assert "tests who is told" in chat.texts[0]
    assert AuditRow.objects.filter(what="a test sent to who is told").count() == 1


def test_a_test_that_fails_says_why(admin, chat, broken_mail):  # noqa: F811 - the fixtures
    admin.post(SAVE, {"addresses": "a@yard.test", "chat_url": chat.url})
    chat.status = 403
    broken_mail(ConnectionRefusedError())

    answer = admin.post(TEST, follow=True)

    assert "The mail server does not answer (ConnectionRefusedError)." in answer.text
    assert "The chat answered with 403." in answer.text


def test_a_portal_without_a_mail_server_writes_nothing_of_people_to_its_log(
    admin, settings, capsys
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    admin.post(SAVE, {"addresses": "a@yard.test"})

    answer = admin.post(TEST, follow=True)

    assert "Mail goes nowhere: EMAIL_URL names no mail server." in answer.text
    assert "a@yard.test" not in capsys.readouterr().out


def test_a_test_to_nobody_asks_for_somebody(admin):
    admin.post(SAVE, {})

    assert "Nobody is told: choose somebody first." in admin.post(TEST, follow=True).text
