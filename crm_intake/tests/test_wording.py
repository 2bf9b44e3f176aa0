"""What a text asks for about texts."""

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_intake.wording import Reading, Said, read
from crm_intake.wording.plain import distance, plain_words


def lines(name):
    return (Path(__file__).parent / "phrases" / f"{name}.txt").read_text().splitlines()


WORDS, PHRASES = lines("words"), lines("stops")
WRONG_NUMBERS, ORDINARY = lines("wrong_numbers"), lines("ordinary")
HIDDEN = st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\ufe0f"])
SIGNS = st.text(" .!?,;:-*\"'\n\t…", max_size=4)


@pytest.mark.parametrize("text", [*WORDS, *PHRASES])
def test_a_text_that_stops(text):
    assert read(text).said == Said.STOP


@pytest.mark.parametrize("text", WRONG_NUMBERS)
def test_a_wrong_number_stops_and_is_told_apart(text):
    reading = read(text)

    assert reading.said == Said.WRONG_NUMBER
    assert reading.stops


@pytest.mark.parametrize("text", ORDINARY)
def test_a_text_that_does_not_stop(text):
    assert not read(text).stops


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(("START", Said.START), ("unstop", Said.START), ("Start please!", Said.START)),
        *(("help", Said.HELP), ("INFO", Said.HELP), ("Help!", Said.HELP)),
        *(("Yes", Said.YES), ("y", Said.YES), ("sí", Said.YES)),
        *(("start on Monday please", None), ("I need help with my order", None)),
        *(("yes two cords", None), ("", None), ("!!", None), ("👍", None)),
    ],
)
def test_other_words(text, said):
    assert read(text).said == said


@pytest.mark.parametrize("text", ["CANCEL", "end", "please cancel", "End."])
def test_the_word_that_may_mean_the_order_stops_and_says_so(text):
    assert (read(text).stops, read(text).may_mean_the_order) == (True, True)


@pytest.mark.parametrize("text", ["stop", "cancel texts", "no more texts"])
def test_other_stops_mean_no_order(text):
    assert not read(text).may_mean_the_order


@given(st.sampled_from(WORDS), SIGNS, SIGNS, st.booleans())
def test_case_width_and_signs_do_not_matter(word, before, after, wide):
    text = f"{before}{word.swapcase()}{after}"
    if wide:
        text = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)

    assert read(text).stops


@given(st.sampled_from(WORDS + PHRASES), HIDDEN, st.integers(0, 40))
def test_what_nobody_sees_does_not_matter(text, hidden, place):
    assert read(text[:place] + hidden + text[place:]).stops


@given(st.sampled_from(WORDS + PHRASES), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_how_characters_are_put_together_does_not_matter(text, form):
    assert read(unicodedata.normalize(form, text)) == read(text)


@given(st.text())
def test_any_text_is_read(text):
    assert isinstance(read(text), Reading)


@pytest.mark.parametrize(
    "text",
    ["stop " * 400, "do not want to " * 130, "remove my a " * 160, "no me " * 300, "a" * 2_000],
)
def test_no_text_takes_long(text):
    began = time.process_time()

    read(text * 1_000)

    assert time.process_time() - began < 0.5


def test_plain_words():
    assert plain_words("Don\u2019t STÓP, st0p stoooop 606-555") == (
        *("dont", "stop", "stop", "stop", "606", "555"),
    )


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_a_distance_is_that_of_the_way_back(one, other):
    assert distance(one, other) == distance(other, one) <= max(len(one), len(other))
    assert (distance(one, other) == 0) == (one == other)


def test_two_letters_swapped_are_one_step():
    assert distance("stpo", "stop") == 1
