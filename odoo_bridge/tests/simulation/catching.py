"""Plant bugs one by one, and see after how many histories the harness notices."""

from collections.abc import Iterable
from dataclasses import dataclass

from odoo_bridge.tests.simulation.ground import Ground
from odoo_bridge.tests.simulation.planting import Plant, planted
from odoo_bridge.tests.simulation.play import first_violation


@dataclass(frozen=True)
class Catch:
    """What became of one plant; without a seed it was not caught."""

    name: str
    seed: int | None
    histories: int
    what: str = ""

    @property
    def row(self) -> str:
        """The line of the table."""
        if self.seed is None:
            return f"{self.name:<44} NO   after {self.histories} histories"
        return f"{self.name:<44} yes  seed {self.seed:<6} after {self.histories:<5} {self.what}"


def catch(ground: Ground, plant: Plant, *, seeds: Iterable[int]) -> Catch:
    """Play histories with the bug until one goes wrong."""
    with planted(plant):
        found, histories, _seconds = first_violation(ground, seeds)
    if found is None:
        return Catch(plant.name, None, histories)
    return Catch(plant.name, found.seed, histories, found.what)
