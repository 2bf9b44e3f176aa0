"""Rows of an import: what each tells, and what is wrong with the others."""

import datetime as dt
import zoneinfo

import pytest

from crm_intake.events import Fate
from crm_intake.forms.imported_rows import RowForm, read_here
from crm_intake.forms.imported_tables import read_table
from crm_intake.importing.columns import Rows
from crm_intake.importing.csv_file import table_of_csv
from crm_intake.importing.facts import sameness
from crm_intake.importing.moments import moment_of, seconds_of
from crm_intake.ledger.kinds import Purpose
from crm_intake.tests.importing import (
    ANN,
    HERE,
    NOON,
    SHOWN,
    call,
    consent,
    message,
    read_rows,
    sale,
    why_not,
)
from portal.setup.models import BusinessProfile

NEW_YORK = zoneinfo.ZoneInfo("America/New_York")
IN_MARCH = dt.datetime(2024, 3, 14, 21, 12, tzinfo=dt.UTC)


def told(rows, **row):
    [good] = read_rows(rows, row).good
    return good.told


@pytest.mark.parametrize(
    "text",
    [
        *("2024-03-14 17:12", "2024-03-14T17:12:00.9", "2024-03-14 21:12:00 UTC"),
        *("2024-03-14T21:12:00Z", "2024-03-14T22:12+01:00", "20240314T171200"),
        *("1710450720", "1710450720.5", "1710450720123", "1710450720123456"),
    ],
)
def test_a_time_is_read_however_it_is_written(text):
    assert moment_of(text, zone=NEW_YORK, now=NOON) == IN_MARCH


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *((one, "write it as") for one in ("14.3.2024", "03/14/2024", "soon", "", "99:99")),
        *((one, "before 1990") for one in ("1970-01-01", "100000000", "0001-01-02")),
        *((one, "in the future") for one in ("2026-11-24", "9999-12-31T00:00Z", "99999999999")),
        ("0001-01-01T00:00+14:00", "write it as"),
    ],
)
def test_a_time_that_cannot_be_is_none(text, words):
    with pytest.raises(ValueError, match=words):
        moment_of(text, zone=NEW_YORK, now=NOON)


@pytest.mark.parametrize(
    ("text", "seconds"), [("65", 65), ("65.4", 65), ("1:05", 65), ("0:01:05", 65), ("0", 0)]
)
def test_a_length_of_time_is_read_however_it_is_written(text, seconds):
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["long", "-1", "inf", "9999999", "1:5"])
def test_a_length_that_cannot_be_is_none(text):
    with pytest.raises(ValueError, match="length of time"):
        seconds_of(text)


@pytest.mark.parametrize(
    ("status", "stops"),
    [
        *((one, False) for one in ("granted", "Opt In", "opt-in", "YES", "true", "1")),
        *((one, True) for one in ("revoked", "opt_out", "OptOut", "STOP", "False", "0", "no")),
    ],
)
def test_a_consent_is_a_yes_or_a_no(status, stops):
    row = told("consents", **consent("(606) 555-0123", status, at="1710450720"))

    assert (row.number, row.stops, row.at) == (ANN, stops, IN_MARCH)
    assert row.purpose == (None if stops else Purpose.DELIVERY)


@pytest.mark.parametrize(
    ("purpose", "granted", "stopped"),
    [
        ("Delivery", Purpose.DELIVERY, Purpose.DELIVERY),
        ("replies", Purpose.REPLY, Purpose.REPLY),
        ("all", Purpose.DELIVERY, None),
        ("newsletter", None, None),
    ],
)
def test_what_a_consent_is_for(purpose, granted, stopped):
    if granted:
        assert told("consents", **consent(purpose=purpose)).purpose == granted
    else:
        assert (
            "write marketing or delivery"
            in why_not("consents", **consent(purpose=purpose))["purpose"]
        )
    assert told("consents", **consent(status="no", purpose=purpose)).purpose == stopped


def test_advertising_needs_the_words_that_were_shown_and_writing():
    good = told("consents", **sale())
    assert (good.purpose, good.shown, good.how) == (Purpose.MARKETING, SHOWN, "checkbox")

    assert why_not("consents", **{**sale(), "shown": " "}) == {
        "shown": "is empty: advertising needs the words that were shown"
    }
    assert why_not("consents", **{**sale(), "how": "Verbal"}) == {
        "how": "is no writing: advertising needs consent in writing"
    }


def test_a_consent_that_has_ended_is_a_stop():
    ended = told("consents", phone=ANN, consented_at="2023-01-01", revoked_at="1710450720")
    still = told("consents", phone=ANN, consented_at="1710450720", revoked_at="")

    assert [(one.stops, one.at) for one in (ended, still)] == [(True, IN_MARCH), (False, IN_MARCH)]


def test_a_consent_says_what_is_wrong_with_it():
    assert why_not("consents", phone="Bob", status="pending", date="soon") == {
        "phone": "is no telephone number",
        "status": "“pending” is neither a yes nor a no",
        "date": "cannot be read as a time: write it as 2024-03-14 17:12, or with a zone behind it",
    }
    assert why_not("consents", **consent(at="")) == {"date": "is empty: a consent needs its time"}


@pytest.mark.parametrize("when", ["", "soon", "2999-01-01"])
def test_nothing_but_a_bad_number_keeps_a_stop_from_being_taken(when):
    row = {"phone": ANN, "date": when, "ip": "x" * 99, "name": "Ann\0" * 99, "said": "w" * 20_000}

    stop = told("opt-outs", **row)

    assert (stop.stops, stop.at, stop.purpose, len(stop.ip)) == (True, None, None, 45)
    assert why_not("opt-outs", phone="") == {"phone": "is no telephone number"}


@pytest.mark.parametrize(
    ("row", "outgoing"),
    [
        (message(direction="Inbound"), False),
        (message(direction="outbound-api"), True),
        ({"from": ANN, "to": "+15550000001", "body": "a", "date": "1710450720"}, False),
        ({"from": "555 000-0001", "to": ANN, "body": "a", "date": "1710450720"}, True),
        ({"from": "55555", "to": ANN, "direction": "o", "body": "a", "date": "1710450720"}, True),
    ],
)
def test_who_is_outside_of_the_business(row, outgoing):
    text = told("messages", **row)

    assert (text.number, text.outgoing) == (ANN, outgoing)


def test_what_became_of_a_text_and_its_words_to_the_letter():
    text = told("messages", **message(" Hi!\n", direction="out"), status="Undelivered")

    assert (text.text, text.fate) == (" Hi!\n", Fate.FAILED)
    assert told("messages", **message(direction="out"), status="queued").fate == Fate.SENT


def test_a_text_says_what_is_wrong_with_it():
    assert why_not("messages", **message(number="", direction="sideways", at="")) == {
        "sent_at": "is empty",
        "direction": "is neither in nor out, and no side is a number of ours",
        "phone": "is no telephone number",
    }
    assert why_not("messages", **message("w" * 10_001)) == {"body": "is longer than 10000 letters"}
    assert why_not("messages", **message(number="1" * 81)) == {"phone": "is longer than 80 letters"}
    strangers = {"from": ANN, "to": "+16065550199", "body": "a", "date": "1710450720"}
    assert list(why_not("messages", **strangers)) == ["direction"]
    assert why_not("messages", **{**strangers, "date": "soon"})["date"].startswith("cannot be read")


@pytest.mark.parametrize(
    ("row", "answered", "seconds"),
    [
        ({}, None, None),
        ({"status": "No Answer"}, False, None),
        ({"status": "in-progress"}, None, None),
        ({"status": "completed", "duration": "1:05"}, True, 65),
        ({"answered": "no", "duration": ""}, False, None),
        ({"missed": "yes"}, False, None),
        ({"missed": "0", "status": "missed"}, True, None),
    ],
)
def test_whether_a_call_was_taken(row, answered, seconds):
    got = told("calls", **call(**row))

    assert (got.answered, got.seconds) == (answered, seconds)


def test_a_call_says_what_is_wrong_with_it():
    assert why_not("calls", **call(duration="long")) == {
        "duration": "cannot be read as a length of time: write seconds, or 1:05"
    }


def test_a_row_with_more_cells_than_the_first_line_is_not_guessed_at():
    table = table_of_csv(f"phone,date\n{ANN},2024-03-14,\n{ANN},March 14, 2024\n".encode())
    read = read_table(Rows.OPT_OUTS, table, here=HERE, said={})

    assert len(read.good) == 1
    assert [str(one) for one in read.bad] == [
        "opt-outs, line 3, the end: the row has more cells than the first line: is a quote missing."
    ]


def test_two_rows_that_tell_the_same_are_one_whatever_their_columns():
    one = told("messages", **message(at="2024-03-14T21:12:00.4Z"))
    other = told(
        "messages",
        **{"from": "606-555-0123"},
        to="+1 555 000 0001",
        text="Hello",
        time="1710450720",
    )

    assert sameness(one) == sameness(other)
    assert sameness(one) != sameness(told("calls", **call(at="1710450720")))
    assert sameness(told("opt-outs", phone=ANN)) != sameness(
        told("opt-outs", phone=ANN, date="2024-01-01")
    )


def test_rows_are_read_by_the_business_s_own_clock_and_numbers(db):
    BusinessProfile.objects.create(
        pk=1, name="Oak", country="US", time_zone="America/Denver", phones=["+15550000001", "?"]
    )
    assert read_here(NOON).zone.key == "America/Denver"
    assert read_here(NOON, NEW_YORK).zone == NEW_YORK
    assert read_here(NOON).ours == {"+15550000001"}


def test_each_kind_of_row_says_what_it_tells():
    with pytest.raises(NotImplementedError):
        RowForm({}, here=HERE).told()
