"""How texts travel, and in how many parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_intake.wording.segments import as_sent, segments_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("ж" * 134, 2),
        ("ж" * 135, 3),
        ("🚚" * 35, 1),
        ("🚚" * 36, 2),
    ],
)
def test_a_text_is_as_many_parts_as_the_provider_charges_for(text, parts):
    assert segments_of(text) == parts


def test_what_phones_put_in_by_themselves_is_written_plainly():
    written = "\u201cIt\u2019s 2 \u00d7 4\u201d \u2013 ready\u2026\u00a0\u200b\r\n\u2022 oak "

    assert as_sent(written) == '"It\'s 2 x 4" - ready... \n- oak'
    assert segments_of(as_sent(written) + "x" * 120) == 1


@given(st.text())
def test_plain_text_stays_as_it_is(text):
    once = as_sent(text)
    assert as_sent(once) == once
