"""Which seeds a command plays: those asked for, one alone, or on from the last that was played."""

import argparse
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Seeds:
    """From ``first`` to ``end``, which is left out. ``alone``: one, whose steps are told."""

    first: int
    end: int
    alone: bool
    last: Path | None

    @classmethod
    def asked(
        cls, prog: str, description: str | None, words: list[str] | None, *, end: int
    ) -> "Seeds":
        """Read the words of a command line."""
        parser = argparse.ArgumentParser(prog=prog, description=description)
        parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
        parser.add_argument("--to", type=int, default=end, help="the seed to stop before")
        parser.add_argument("--seed", type=int, help="play this one alone, and print its steps")
        parser.add_argument(
            "--last", type=Path, help="go on after the seed in this file, and keep the last there"
        )
        given = parser.parse_args(words)
        if given.seed is not None:
            return cls(given.seed, given.seed + 1, alone=True, last=None)
        first = given.first
        if given.last and given.last.exists():
            first = int(given.last.read_text()) + 1
        return cls(first, max(given.to, first), alone=False, last=given.last)

    def played(self, seed: int) -> None:
        """Note that all up to this seed held."""
        if self.last:
            self.last.write_text(f"{seed}\n")
