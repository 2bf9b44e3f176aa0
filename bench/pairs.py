"""Two ways of doing the same, measured by turns: only their ratio says something on any machine."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"
PAIRS = 5
LOOKS = 20  # in a turn


@dataclass(frozen=True)
class Ratio:
    """The ratios of all pairs, and the bar that their median has to reach.

    ``most``: the bar is one that must not be passed.
    """

    name: str
    ratios: Sequence[float]
    bar: float
    most: bool = False

    @property
    def median(self) -> float:
        """The figure that counts."""
        return statistics.median(self.ratios)

    @property
    def met(self) -> bool:
        """Say whether the bar is reached."""
        return self.median <= self.bar if self.most else self.median >= self.bar

    def __str__(self) -> str:
        sign, word = ("≤" if self.most else "≥"), ("met" if self.met else "MISSED")
        spread = f"{min(self.ratios):.2f}..{max(self.ratios):.2f}"
        return f"{self.name}: {self.median:.2f} ({spread}), bar {sign} {self.bar:g}: {word}"

    def as_json(self) -> dict[str, object]:
        """Return what is kept in the file of results."""
        return {"name": self.name, "ratios": list(self.ratios), "bar": self.bar, "met": self.met}


def by_turns(*ways: Callable[[], float], pairs: int = PAIRS) -> list[list[float]]:
    """Measure each way ``pairs`` times, by turns, each pair in another order."""
    figures: list[list[float]] = [[] for _way in ways]
    for turn in range(pairs):
        order = list(range(len(ways)))
        for way in order if turn % 2 else reversed(order):
            figures[way].append(ways[way]())
    return figures


def seconds_of(work: Callable[[], object]) -> float:
    """Return how long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def typical(
    look: Callable[[], object], *, looks: int = LOOKS, before: Callable[[], object] | None = None
) -> float:
    """Return the median of the seconds of many looks; what comes before each does not count."""
    taken = []
    for _look in range(looks):
        if before:
            before()
        taken.append(seconds_of(look))
    return statistics.median(taken)


def divided(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """Return the ratio of each pair."""
    return [a / b for a, b in zip(above, below, strict=True)]


def report(name: str, figures: dict[str, object], ratios: Sequence[Ratio]) -> int:
    """Print and keep the results; return how many bars were missed."""
    for line in [*(f"{about}: {figure}" for about, figure in figures.items()), *ratios]:
        print(line)
    print(keep(name, figures, ratios))
    return sum(not ratio.met for ratio in ratios)


def keep(name: str, figures: dict[str, object], ratios: Sequence[Ratio]) -> Path:
    """Write the results where the next run finds them; return the file."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}.json"
    content = {**figures, "ratios": [ratio.as_json() for ratio in ratios]}
    file.write_text(json.dumps(content, indent=2) + "\n")
    return file
