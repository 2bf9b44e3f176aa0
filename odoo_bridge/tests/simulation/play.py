"""Play histories one after the other, each from its seed alone."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from odoo_bridge.tests.simulation.checks import Violation
from odoo_bridge.tests.simulation.ground import Ground
from odoo_bridge.tests.simulation.history import History


@dataclass(frozen=True)
class Found:
    """A history that went wrong: its seed, what was violated, and all that had happened."""

    seed: int
    what: str
    told: list[str]


def play(ground: Ground, seed: int) -> Found | list[str]:
    """Play one history; return what went wrong, or what happened."""
    history = History(ground, seed)
    try:
        history.run()
    except Violation as violation:
        return Found(seed, str(violation), history.told)
    return history.told


def first_violation(ground: Ground, seeds: Iterable[int]) -> tuple[Found | None, int, float]:
    """Play until one goes wrong; return it, how many were played, and the seconds it took."""
    began, count = time.monotonic(), 0
    for count, seed in enumerate(seeds, start=1):
        found = play(ground, seed)
        if isinstance(found, Found):
            return found, count, time.monotonic() - began
    return None, count, time.monotonic() - began
