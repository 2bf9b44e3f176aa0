"""``/people/import/``: a file is looked at first, and taken when it is given once more."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crm_intake.forms import import_talk
from crm_intake.models import LedgerEvent, Message
from crm_intake.tests.importing import ANN, csv_of, message
from crm_intake.views import import_talk as view

pytestmark = pytest.mark.django_db
ADDRESS = "/people/import/"


def give(admin, content, rows="messages", seen="", **options):
    file = SimpleUploadedFile("a.csv", content)
    return admin.post(ADDRESS, {"rows": rows, "file": file, "seen": seen}, **options)


def seen_in(answer):
    return re.search(r'name="seen" value="(\w{64})"', answer.text)[1]


def test_a_file_is_looked_at_first_and_then_imported(admin):
    content = csv_of(*[{**one, "mood": "fine"} for one in (message("STOP"), message())])
    look = give(admin, content)

    assert "2 rows are new and would be imported." in look.text
    assert "1 of them takes consent back" in look.text
    assert "“sent_at” as at" in re.sub(r"\s+", " ", look.text)
    assert "“mood”" in look.text
    assert not Message.objects.exists()

    done = give(admin, content, seen=seen_in(look), follow=True)

    assert "2 rows are imported." in done.text
    assert Message.objects.count() == 2
    assert LedgerEvent.objects.get().kind == "REVOKED"


def test_many_people_come_in_one_file(admin):
    rows = [message(f"STOP {number}", number=f"+1606555012{number}") for number in range(5)]
    content = csv_of(*rows, *[message("STOP", number=row["phone"]) for row in rows])

    done = give(admin, content, seen=seen_in(give(admin, content)), follow=True)

    assert "10 rows are imported." in done.text
    assert LedgerEvent.objects.count() == 5


def test_what_takes_too_long_goes_on_with_the_same_file(admin, monkeypatch):
    monkeypatch.setattr(view, "LONGEST_WAIT", dt.timedelta(0))
    content = csv_of(message())
    seen = seen_in(give(admin, content))

    done = give(admin, content, seen=seen, follow=True)

    assert "0 rows are imported." in done.text
    assert "Some rows are left: choose the file once more to go on." in done.text


def test_another_file_or_kind_is_looked_at_first(admin):
    seen = seen_in(give(admin, csv_of(message())))

    assert "What would happen" in give(admin, csv_of(message("Other")), seen=seen).text
    assert "What would happen" in give(admin, csv_of(message()), rows="calls", seen=seen).text
    assert not Message.objects.exists()


def test_a_file_that_is_here_already_is_nothing_to_import(admin):
    content = csv_of(message())
    seen = seen_in(give(admin, content))
    give(admin, content, seen=seen)

    again = give(admin, content, seen=seen)

    assert "0 rows are new" in again.text
    assert "1 row is here already." in again.text
    assert "Look at it" in again.text


def test_the_first_fifty_complaints_are_shown(admin):
    rows = [message(number="Bob") for _row in range(60)]
    look = give(admin, csv_of(message(), *rows))

    assert "There are 60 complaints." in look.text
    assert "The first fifty are shown." in look.text
    assert "consent" not in look.text.partition("What would happen")[2].partition("How the")[0]
    assert look.text.count("is no telephone number") == 50
    assert '<td class="number" data-label="Line">3</td>' in look.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"phone\n", "no row below it"),
        (b"a,b\n1,2\n", "no column for “number or sender or recipient”"),
        (csv_of(message())[:-1] + b"\n" * 400, "The file is larger than 2 MB. Import it with"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_file(admin, content, words, monkeypatch):
    monkeypatch.setattr(import_talk, "MOST_BYTES", 400)
    answer = give(admin, content)

    assert answer.status_code == 422
    assert words in answer.text


def test_more_rows_than_a_page_takes_are_for_the_command(admin, monkeypatch):
    monkeypatch.setattr(import_talk, "MOST_ROWS", 1)

    answer = give(admin, csv_of(message(), message("More")))

    assert answer.status_code == 422
    assert "more than 5,000 rows. Import it with the command: manage.py import_talk." in answer.text


def test_a_form_without_a_file_is_refused(admin):
    assert admin.post(ADDRESS, {"rows": "messages"}).status_code == 422


def test_the_set_up_page_leads_to_it(admin):
    assert ADDRESS in admin.get("/setup/").text
    assert "Nobody is written to" in admin.get(ADDRESS).text
    assert ANN not in admin.get(ADDRESS).text
