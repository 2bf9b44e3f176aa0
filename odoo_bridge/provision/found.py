"""What a step of provisioning finds, and the change that it would make.

A look only reads. A dry run makes all looks and says what they found; a run makes the same looks,
and then the changes.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """What is still to be done. ``make`` does it, and returns in words what was done."""

    would: str
    make: Callable[[], str]


@dataclass(frozen=True)
class Found:
    """How it stands, in one line; with a change, how it stands without that change."""

    says: str = ""
    change: Change | None = None

    @property
    def foretold(self) -> str:
        """The line of a dry run."""
        return f"Would {self.change.would}." if self.change else self.says


Say = Callable[[str], object]
Step = Callable[[], Found]


def look_at_all(steps: list[Step]) -> list[Found]:
    """Return what the steps find, without changing anything.

    :raises UserFacingError: what would refuse a change; nothing was changed.
    """
    return [step() for step in steps]


def make_all(steps: list[Step], say: Say) -> None:
    """Make the changes that are still to be made, one line each.

    Each step looks once more: it builds on what those before it have done.
    """
    for step in steps:
        found = step()
        say(found.change.make() if found.change else found.says)
