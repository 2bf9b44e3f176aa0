"""Inviting people, and changing what they may do."""

import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from portal.accounts.errors import AddressTaken, EmployeeTaken, LastAdministrator
from portal.accounts.models import Role, User
from portal.accounts.selectors.people import everybody
from portal.accounts.services.change_person import change_person
from portal.accounts.services.invite_person import invite_person
from portal.audit.models import AuditRow

GOOD_PASSWORD = "six trucks before dawn"


@pytest.fixture
def invited(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return invite_person(
            email="Ann@Yard.test",
            name="Ann",
            role=Role.OFFICE,
            business_name="Ridge & Sons",
            by=person(Role.ADMIN),
        )


def test_an_invitation_adds_a_person_who_cannot_sign_in_yet(invited):
    assert (invited.email, str(invited)) == ("ann@yard.test", "Ann")
    assert not invited.has_usable_password()
    assert AuditRow.objects.get().what == "person invited"


def test_the_link_of_the_invitation_lets_the_person_choose_a_password_and_sign_in(invited):
    letter = mail.outbox[0]
    assert letter.to == ["ann@yard.test"]
    assert "Ridge & Sons as Office" in letter.body
    link = re.search(r"http://testserver(\S+)", letter.body).group(1)
    browser = Client()

    form = browser.get(link, follow=True)
    browser.post(
        form.redirect_chain[-1][0], {"password1": GOOD_PASSWORD, "password2": GOOD_PASSWORD}
    )
    answer = browser.post("/account/login/", {"login": "ANN@yard.test", "password": GOOD_PASSWORD})

    assert (answer.status_code, answer.url) == (302, "/")
    assert browser.get("/").status_code == 200


def test_a_link_that_was_used_is_no_longer_good(invited):
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    invited.set_password(GOOD_PASSWORD)
    invited.save()

    assert "no longer good" in Client().get(link, follow=True).text


def test_an_address_can_be_invited_once(invited):
    with pytest.raises(AddressTaken, match="in the list already"):
        invite_person(
            email="ANN@yard.test", name="Ann 2", role=Role.DRIVER, business_name="R", by=None
        )

    assert User.objects.filter(email__iexact="ann@yard.test").count() == 1


def test_the_database_refuses_an_address_in_other_capitals(invited):
    with pytest.raises(IntegrityError, match="one_person_an_email_address"), transaction.atomic():
        User.objects.create(email="ANN@yard.test", name="A", role=Role.OFFICE)


def test_a_person_is_found_by_address_whatever_its_capitals(invited):
    assert User.objects.get_by_natural_key("aNN@yard.test") == invited
    assert invited.get_full_name() == "Ann"


def test_a_deactivated_person_is_signed_out_with_the_next_request(person, signed_in):
    browser = signed_in(Role.OFFICE)
    assert browser.get("/").status_code == 200

    change_person(person_id=browser.user.pk, changes={"is_active": False}, by=person(Role.ADMIN))

    assert browser.get("/").status_code == 302


def test_a_change_is_audited_with_the_old_and_the_new_values(person):
    boss, driver = person(Role.ADMIN), person(Role.DRIVER)

    change_person(
        person_id=driver.pk, changes={"role": Role.OFFICE, "odoo_employee_id": 7}, by=boss
    )

    driver.refresh_from_db()
    assert (driver.role, driver.odoo_employee_id) == (Role.OFFICE, 7)
    row = AuditRow.objects.get()
    assert row.by == boss
    assert row.old == {"role": "DRIVER", "odoo_employee_id": None}


def test_a_change_that_changes_nothing_leaves_no_trace(person):
    boss = person(Role.ADMIN)

    change_person(person_id=boss.pk, changes={"role": Role.ADMIN}, by=boss)

    assert not AuditRow.objects.exists()


@pytest.mark.parametrize("changes", [{"role": Role.OFFICE}, {"is_active": False}])
def test_the_last_administrator_stays_one(person, changes):
    boss = person(Role.ADMIN)
    person(Role.ADMIN, is_active=False)

    with pytest.raises(LastAdministrator, match="Make somebody else one first"):
        change_person(person_id=boss.pk, changes=changes, by=boss)

    boss.refresh_from_db()
    assert (boss.role, boss.is_active) == (Role.ADMIN, True)


def test_one_of_two_administrators_may_go(person):
    boss, other = person(Role.ADMIN), person(Role.ADMIN)

    change_person(person_id=other.pk, changes={"role": Role.OFFICE}, by=boss)

    assert User.objects.filter(role=Role.ADMIN).get() == boss


def test_two_active_people_cannot_be_one_odoo_employee(person):
    person(Role.DRIVER, odoo_employee_id=3)
    second = person(Role.DRIVER)

    with pytest.raises(EmployeeTaken, match="Somebody else has this Odoo employee"):
        change_person(person_id=second.pk, changes={"odoo_employee_id": 3}, by=person(Role.ADMIN))

    assert not AuditRow.objects.exists()


def test_the_database_knows_the_roles(person):
    with pytest.raises(IntegrityError, match="role_is_one_of_ours"), transaction.atomic():
        person("CAPTAIN")


@pytest.mark.parametrize("number_of_people", [1, 20])
def test_the_list_of_people_is_one_query(person, django_assert_num_queries, number_of_people):
    for _ in range(number_of_people):
        person(Role.OFFICE)

    with django_assert_num_queries(1):
        assert len(everybody()) == number_of_people


def add_person(password, **changes):
    options = {"email": "boss@yard.test", "name": "Boss", "role": "ADMIN", **changes}
    call_command("add_person", **options)


@pytest.fixture
def typed(monkeypatch):
    """Type a password as a line of standard input."""
    import io  # noqa: PLC0415 - for these tests only

    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))


def test_the_first_administrator_comes_from_the_command_line(db, typed, capsys):
    typed(GOOD_PASSWORD)

    add_person(GOOD_PASSWORD)

    assert "can sign in as Administrator" in capsys.readouterr().out
    browser = Client()
    browser.post("/account/login/", {"login": "boss@yard.test", "password": GOOD_PASSWORD})
    assert browser.get("/setup/").status_code == 200


def test_the_command_asks_for_the_password_on_a_terminal(db, monkeypatch):
    class Terminal:
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda: GOOD_PASSWORD)

    add_person(GOOD_PASSWORD)

    assert User.objects.get().check_password(GOOD_PASSWORD)


def test_the_command_can_be_run_again(db, typed, capsys):
    typed(GOOD_PASSWORD)
    add_person(GOOD_PASSWORD)

    add_person(GOOD_PASSWORD, name="Somebody else")

    assert "nothing was changed" in capsys.readouterr().out
    assert User.objects.get().name == "Boss"


@pytest.mark.parametrize(
    ("password", "email", "reason"),
    [("short", "boss@yard.test", "too short"), (GOOD_PASSWORD, "boss", "valid email")],
)
def test_the_command_refuses_a_weak_password_or_a_wrong_address(db, typed, password, email, reason):
    typed(password)

    with pytest.raises(CommandError, match=reason):
        add_person(password, email=email)

    assert not User.objects.exists()
