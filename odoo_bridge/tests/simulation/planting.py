"""Put a bug into the bridge's running code, and take it out again.

A plant changes the text of a function or of a statement, a value, or what runs by the clock. Where
that is not there any more, planting fails: a plant that changes nothing would prove nothing.
"""

import inspect
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any
from unittest import mock

from django.conf import settings

Pairs = tuple[tuple[str, str], ...]  # the old text, and the new


class NothingToPlantIn(Exception):
    """The code that a plant changes is not as the plant knows it."""


@dataclass(frozen=True)
class Code:
    """A function of a module with other texts in its source."""

    module: str
    name: str
    texts: Pairs

    def new(self, old: Any) -> Any:
        """Return the function that the other source makes."""
        module = import_module(self.module)
        made: dict[str, Any] = {}
        source = replaced(inspect.getsource(old), self.texts)
        exec(compile(source, f"<planted in {self.name}>", "exec"), module.__dict__, made)  # noqa: S102
        return made[self.name]


@dataclass(frozen=True)
class Words:
    """A text of a module, such as a statement of SQL, with other texts in it."""

    module: str
    name: str
    texts: Pairs

    def new(self, old: str) -> str:
        """Return the other text."""
        return replaced(old, self.texts)


@dataclass(frozen=True)
class Value:
    """A constant of a module with another value."""

    module: str
    name: str
    value: Any

    def new(self, old: Any) -> Any:
        """Return the other value."""
        if old == self.value:
            raise NothingToPlantIn(f"{self.name} is {old!r} already")
        return self.value


@dataclass(frozen=True)
class Unscheduled:
    """A task that does not run by the clock any more."""

    entry: str


Change = Code | Words | Value | Unscheduled


@dataclass(frozen=True)
class Plant:
    """A bug by name, and the changes that make it."""

    name: str
    changes: tuple[Change, ...]


@contextmanager
def planted(plant: Plant) -> Iterator[None]:
    """Have the bug while the block runs.

    :raises NothingToPlantIn: the code has changed.
    """
    with ExitStack() as stack:
        for change in plant.changes:
            if isinstance(change, Unscheduled):
                schedule = stack.enter_context(mock.patch.dict(settings.CELERY_BEAT_SCHEDULE))
                if schedule.pop(change.entry, None) is None:
                    raise NothingToPlantIn(f"nothing named {change.entry} runs by the clock")
                continue
            old = getattr(import_module(change.module), change.name, None)
            if old is None:
                raise NothingToPlantIn(f"{change.module} has no {change.name}")
            new = change.new(old)
            for module in holders(old, change.name):
                stack.enter_context(mock.patch.object(module, change.name, new))
        yield


def holders(old: Any, name: str) -> list[ModuleType]:
    """Return all modules of the bridge that know this thing by this name."""
    modules = [one for key, one in sys.modules.items() if key.startswith("odoo_bridge")]
    return [one for one in modules if one.__dict__.get(name) is old]


def replaced(text: str, texts: Pairs) -> str:
    """Return the text with each of the old ones replaced.

    :raises NothingToPlantIn: one of them is not there, or more than once.
    """
    for old, new in texts:
        if text.count(old) != 1:
            raise NothingToPlantIn(f"{old!r} is there {text.count(old)} times, not once")
        text = text.replace(old, new)
    return text
