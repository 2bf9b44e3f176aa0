from django.db import models

from portal.core.state_diagram import diagram


class Light(models.TextChoices):
    RED = "RED", "Stop"
    GREEN = "GREEN", "Go"
    OUT = "OUT", "Out of order"
    BLINKING = "BLINKING", "Look"


TURNS = {
    (None, Light.RED): "switched on",
    (Light.RED, Light.GREEN): "a minute is over",
    (Light.GREEN, Light.RED): "half a minute is over",
    (Light.RED, Light.OUT): "the lamp broke",
    (Light.GREEN, Light.OUT): "the lamp broke",
}


def test_draws_every_turn_from_the_beginning_to_the_ends():
    assert diagram(TURNS).splitlines() == [
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> RED: switched on",
        "    RED --> GREEN: a minute is over",
        "    GREEN --> RED: half a minute is over",
        "    RED --> OUT: the lamp broke",
        "    GREEN --> OUT: the lamp broke",
        "    OUT --> [*]",
        "```",
        "",
        "Not used yet: `BLINKING`.",
    ]


def test_says_nothing_of_unused_states_when_there_are_none():
    turns = {**TURNS, (Light.OUT, Light.BLINKING): "somebody came"}

    assert diagram(turns).endswith("    BLINKING --> [*]\n```")
