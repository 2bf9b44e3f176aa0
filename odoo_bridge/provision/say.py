"""How a step tells what it found and did: one line each."""

from collections.abc import Callable

Say = Callable[[str], object]
