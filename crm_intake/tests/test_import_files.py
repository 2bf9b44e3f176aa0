"""Files to import: read whatever wrote them, or refused in words that say what to do."""

import csv
import sqlite3

import pytest

from crm_intake.errors import NotImportable
from crm_intake.importing.columns import Rows, check_said, columns_of
from crm_intake.importing.csv_file import table_of_csv
from crm_intake.importing.sqlite_file import tables_of_sqlite
from crm_intake.tests.importing import call, consent, message, sqlite_of

WHAT = "phone,body\n+16065550123,Grüße\n"
ALL_FOUR = {
    "sms_consents": [consent()],
    "Opt Outs": [{"phone": "+16065550123"}],
    "messages": [message()],
    "call_log": [call()],
}


@pytest.mark.parametrize(
    "content",
    [
        WHAT.encode(),
        WHAT.encode("utf-8-sig"),
        WHAT.encode("cp1252"),
        WHAT.replace(",", ";").encode(),
        WHAT.replace(",", "\t").replace("\n", "\r\n").encode(),
        ("\n" + WHAT + "\n , \n").encode(),
        b'"phone","body"\r+16065550123,"Gr\xc3\xbc\xc3\x9fe"\r',
    ],
)
def test_a_csv_file_is_read_whatever_wrote_it(content):
    table = table_of_csv(content)

    assert table.headers == ["phone", "body"]
    assert [row for _line, row in table.rows] == [{"phone": "+16065550123", "body": "Grüße"}]


def test_a_row_is_known_by_the_line_that_it_begins_in():
    table = table_of_csv(b'phone,body\n1,"two\nlines"\n\n2,b\n3\n')

    assert table.rows == [
        (2, {"phone": "1", "body": "two\nlines"}),
        (5, {"phone": "2", "body": "b"}),
        (6, {"phone": "3"}),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b",,,\n", "The file is empty"),
        (b'""\n', "The file is empty"),
        (b"x" * 100_000, "no row below it"),
        (b" \r\n\n", "The file is empty"),
        (b"phone,body\n", "no row below it"),
        (WHAT.encode("utf-16"), "save it as “CSV UTF-8”"),
        (b"phone\nBob\x00by\n", "bytes that no text has"),
        (b"phone\n\x81\x8d\xff\n", "neither UTF-8 nor Windows-1252"),
        (b'phone,body\n1,a\n2,"b\n', "from line 3 on"),
        (b"phone,body\n1,a\n2," + b"b" * (csv.field_size_limit() + 1), "from line 3 on"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content, words):
    with pytest.raises(NotImportable, match=words):
        table_of_csv(content)


def test_columns_are_known_by_their_usual_names():
    found = columns_of(Rows.CONSENTS, ["Phone Number", "Action", "Created At", "IP", "Shoe"], {})

    assert found.read == {
        "number": "Phone Number",
        "status": "Action",
        "at": "Created At",
        "ip": "IP",
    }
    assert found.kept == ("Shoe",)


def test_a_column_is_read_as_one_thing_and_the_most_telling_comes_first():
    headers = ["action", "event", "phone", "created_at", "occurred_at", "source"]
    found = columns_of(Rows.CONSENTS, headers, {})

    assert (found.read["status"], found.read["how"]) == ("event", "action")
    assert found.read["at"] == "occurred_at"
    assert found.kept == ("created_at", "source")


def test_somebody_can_say_which_column_it_is():
    found = columns_of(Rows.MESSAGES, ["phone", "from", "inhalt", "date"], {"text": "inhalt"})
    assert found.read["text"] == "inhalt"
    check_said({"text": "inhalt"}, [found])

    with pytest.raises(NotImportable, match="no table has a column “wort”"):
        check_said({"text": "wort"}, [found])


@pytest.mark.parametrize(
    ("rows", "headers", "words"),
    [
        (Rows.CONSENTS, ["phone", "date"], "no column for “status or ended”.*“date”, “phone”"),
        (Rows.MESSAGES, ["from", "date"], "no column for “text”.*--column text=NAME"),
        (Rows.CALLS, ["phone", "date"], "no column for “direction or sender or recipient”"),
        (Rows.OPT_OUTS, ["+16065550123"], "no column for “number”"),
        (Rows.OPT_OUTS, ["phone", "phone"], "more than one column “phone”"),
        (Rows.OPT_OUTS, ["phone", ""], "a column without a name"),
    ],
)
def test_a_column_that_is_needed_is_named(rows, headers, words):
    with pytest.raises(NotImportable, match=words):
        columns_of(rows, headers, {})


def test_the_old_suite_s_tables_are_known_by_their_usual_names(tmp_path):
    tables = tables_of_sqlite(sqlite_of(tmp_path / "a b?.db", **ALL_FOUR), {})

    assert {rows: table.rows[0][0] for rows, table in tables.items()} == dict.fromkeys(Rows, 1)
    assert tables[Rows.MESSAGES].headers == ["phone", "direction", "body", "sent_at"]


def test_values_of_any_kind_become_texts(tmp_path):
    row = {"phone": 16065550123, "ip": None, "x": 1.5, "y": b"\xc3\xbc", "z": b"\xfc"}
    path = sqlite_of(tmp_path / "a.db", **{**ALL_FOUR, "Opt Outs": [row]})

    [(_place, read)] = tables_of_sqlite(path, {})[Rows.OPT_OUTS].rows

    assert read == {"phone": "16065550123", "ip": "", "x": "1.5", "y": "ü", "z": "ü"}


@pytest.mark.parametrize(
    ("tables", "said", "words"),
    [
        (
            {"calls": []},
            {},
            "table of consents is not there.*“call_log”, “calls”.*--consents TABLE",
        ),
        ({"Opt Outs": []}, {}, "opt-outs is not there"),
        ({"sms": [message()]}, {}, "messages could be 2 tables"),
        ({}, {Rows.CALLS: "phone"}, "no table “phone”.*“call_log”.*--calls TABLE, or --calls -"),
    ],
)
def test_a_table_that_is_not_there_is_named(tmp_path, tables, said, words):
    kept = {name: rows for name, rows in {**ALL_FOUR, **tables}.items() if rows}
    if "calls" in tables:
        kept = {"call_log": [call()], "calls": [call()]}
    with pytest.raises(NotImportable, match=words):
        tables_of_sqlite(sqlite_of(tmp_path / "a.db", **kept), said)


def test_a_table_can_be_chosen_or_left_out(tmp_path):
    path = sqlite_of(tmp_path / "a.db", **ALL_FOUR, texte=[message("Moin")])
    left_out = dict.fromkeys((Rows.CALLS, Rows.CONSENTS, Rows.OPT_OUTS), "-")

    tables = tables_of_sqlite(path, {Rows.MESSAGES: "texte", **left_out})

    assert list(tables) == [Rows.MESSAGES]
    assert tables[Rows.MESSAGES].rows[0][1]["body"] == "Moin"


def test_an_empty_file_of_the_old_suite_says_so(tmp_path):
    sqlite3.connect(tmp_path / "a.db").close()
    with pytest.raises(NotImportable, match="The file has: no table"):
        tables_of_sqlite(tmp_path / "a.db", {})


def test_what_is_no_sqlite_file_is_refused_and_none_is_made(tmp_path):
    (tmp_path / "a.db").write_bytes(WHAT.encode() * 99)
    for name in ("a.db", "b.db"):
        with pytest.raises(NotImportable, match="no SQLite file that can be read"):
            tables_of_sqlite(tmp_path / name, {})
    assert not (tmp_path / "b.db").exists()
