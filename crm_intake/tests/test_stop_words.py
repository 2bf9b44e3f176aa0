"""The words that stop everything, and those that must not."""

import pytest

from crm_intake.stop_words import says_start, says_stop


@pytest.mark.parametrize(
    "text",
    [
        *(
            "stop",
            "STOP",
            " Stop. ",
            "stop!!",
            "\uff33\uff34\uff2f\uff30",
            "S T O P",
            "StopAll",
            "stop all",
            "unsubscribe",
        ),
        *(
            "cancel",
            "END",
            "quit",
            "Revoke",
            "opt out",
            "opt-out",
            "OPTOUT",
            "remove",
            "arret",
            "arrêt",
        ),
    ],
)
def test_a_word_that_stops(text):
    assert says_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        *("can you stop by at 3", "please stop at the gate", "don't stop the order"),
        *(
            "cancel my Thursday delivery",
            "end of the driveway",
            "quit raining yet?",
            "",
            "!!",
            "start",
        ),
    ],
)
def test_a_text_that_does_not(text):
    assert not says_stop(text)


@pytest.mark.parametrize("text", ["START", "unstop", "Start!"])
def test_a_word_that_asks_to_begin_again(text):
    assert says_start(text)
    assert not says_stop(text)


def test_an_ordinary_text_asks_for_nothing():
    assert not says_start("start on Monday please")
