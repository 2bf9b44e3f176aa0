"""The colours of runs: read on the surface, and told apart by those who see fewer colours.

Each list of eight is held to what Machado, Oliveira and Fernandes (2009) reckon for people who
lack one kind of cone, and to WCAG's contrast. Distances are those of OKLab, where black and white
are 1 apart.
"""

import re
from itertools import combinations

import pytest

from portal.testing.sources import ROOT

SOURCES = ROOT / "static" / "src"
ALIKE = 0.07  # by eye: lines of 4 px that are nearer than this are taken for each other
SEEN_BY = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopes": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopes": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopes": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def light(colour):
    """Return how much red, green and blue light ``#rrggbb`` is, each from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one, other):
    bright = [sum(times([(0.2126, 0.7152, 0.0722)], light(colour))) for colour in (one, other)]
    return (max(bright) + 0.05) / (min(bright) + 0.05)


def distance(one, other, sight):
    both = [times(sight, light(colour)) for colour in (one, other)]
    seen = [[min(1, max(0, part)) for part in rgb] for rgb in both]
    a, b = (times(TO_LAB, [cone ** (1 / 3) for cone in times(TO_CONES, rgb)]) for rgb in seen)
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5


def tokens(scheme):
    """Return the colours of a scheme by name."""
    found = {}
    for file in ("tokens.css", "day_map.css"):
        parts = (SOURCES / file).read_text().split("prefers-color-scheme: dark")
        found |= dict(re.findall(r"--([\w-]+): (#\w{6});", parts[scheme == "dark"]))
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_runs_colour_is_read_and_told_from_the_others(scheme):
    named = tokens(scheme)
    runs = [named[f"run-{number}"] for number in range(1, 9)]

    assert {
        c: contrast(c, named["surface"]) for c in runs if contrast(c, named["surface"]) < 4.5
    } == {}
    assert [one for one in runs if contrast(one, named["surface"]) < 4.5] == []
    assert [one for one in runs if contrast(one, named["sunk"]) < 3] == []
    alike = {
        (who, one, other): near
        for who, sight in SEEN_BY.items()
        for one, other in combinations(runs, 2)
        if (near := distance(one, other, sight)) < ALIKE
    }
    assert alike == {}
