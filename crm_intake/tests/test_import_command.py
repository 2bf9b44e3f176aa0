"""``manage.py import_talk``: it says what it read, and what is wrong with each bad row."""

import pytest
from django.core.management import CommandError

from crm_intake.models import Call, LedgerEvent, LedgerKey, Message, WebhookDelivery
from crm_intake.tests.importing import (
    ANN,
    BEA,
    call,
    command,
    consent,
    csv_of,
    message,
    sale,
    sqlite_of,
)

pytestmark = pytest.mark.django_db
OLD_SUITE = {
    "consents": [consent(), sale(BEA), consent("Bob")],
    "opt_outs": [{"phone": ANN, "created_at": 1710450720000}],
    "messages": [message(at=1710450720), message("STOP", at=1710450721)],
    "calls": [call(duration=65)],
}
OLD_SUITE["consents"] = [
    {**dict.fromkeys(("purpose", "shown", "how")), **row} for row in OLD_SUITE["consents"]
]


@pytest.fixture
def file(tmp_path):
    """Write a CSV file of rows that have the same columns."""

    def write(*rows):
        (tmp_path / "a.csv").write_bytes(csv_of(*rows))
        return str(tmp_path / "a.csv")

    return write


def test_good_rows_are_imported_and_bad_ones_are_named(file):
    said, complaints = command(
        "messages", file(message(), message(number="Bob"), message("More", at="soon"))
    )

    assert "messages: 3 rows\n  “phone” is read as number\n" in said
    assert "New: 1, of which 0 take consent back" in said
    assert "Here already: 0. Complaints about rows that are not imported: 2." in said
    assert said.endswith("1 rows are imported.\n")
    assert complaints == (
        "messages, line 3, phone: is no telephone number.\n"
        "messages, line 4, sent_at: cannot be read as a time: write it as 2024-03-14 17:12, or with"
        " a zone behind it.\n"
    )
    assert Message.objects.get().text == "Hello"


def test_a_dry_run_changes_nothing_and_says_the_same(file):
    path = file({**message("STOP"), "mood": "fine"})
    said, _complaints = command("messages", path, dry_run=True)

    assert "“mood” is kept with the row, and not read" in said
    assert "New: 1, of which 1 take consent back" in said
    assert said.endswith("Nothing was changed: this was a dry run.\n")
    assert not WebhookDelivery.objects.exists()
    assert not LedgerEvent.objects.exists()
    assert not LedgerKey.objects.exists()


def test_the_old_suite_s_four_tables_come_at_once_and_once(tmp_path):
    path = str(sqlite_of(tmp_path / "old.sqlite", **OLD_SUITE))
    said, complaints = command("old-suite", path)

    assert complaints == "consents, line 3, phone: is no telephone number.\n"
    assert "New: 6, of which 2 take consent back, and 1 are consents" in said
    assert (Message.objects.count(), Call.objects.count()) == (2, 1)
    assert sorted(LedgerEvent.objects.values_list("kind", flat=True)) == [
        *("GRANTED", "GRANTED", "REVOKED", "REVOKED")
    ]

    said, _complaints = command("old-suite", path)
    assert "Here already: 6." in said
    assert LedgerEvent.objects.count() == 4


def test_tables_and_columns_can_be_said(tmp_path):
    row = {**message(), "inhalt": "Moin"}
    del row["body"]
    path = str(sqlite_of(tmp_path / "old.sqlite", **{**OLD_SUITE, "messages": [row]}))
    with pytest.raises(CommandError, match="no column for “text”"):
        command("old-suite", path)

    command(
        *("old-suite", path, "--calls", "-", "--opt-outs", "opt_outs", "--column", "text=inhalt")
    )

    assert Message.objects.get().text == "Moin"
    assert not Call.objects.exists()


def test_times_without_a_zone_are_on_the_clock_that_is_said(file):
    command("messages", file(message(at="2024-03-14 12:00")), zone="America/Los_Angeles")

    assert Message.objects.get().occurred_at.hour == 19


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"zone": "Moon/Crater"}, "no time zone “Moon/Crater”"),
        ({"zone": "../etc"}, "no time zone"),
        ({"column": ["text"]}, "write --column OURS=THEIRS"),
        ({"column": ["text=wort"]}, "no table has a column “wort”"),
    ],
)
def test_what_is_said_wrongly_is_refused(file, options, words):
    with pytest.raises(CommandError, match=words):
        command("messages", file(message()), **options)
    assert not Message.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        command("messages", str(tmp_path / "a.csv"))
