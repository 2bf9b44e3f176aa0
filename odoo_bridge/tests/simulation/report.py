"""Play histories, and say how they went."""

import os
import sys
import time
from functools import partial

from odoo_bridge.tests.seeds import Seeds
from odoo_bridge.tests.simulation.catching import catch
from odoo_bridge.tests.simulation.ground import ground
from odoo_bridge.tests.simulation.plants import PLANTS
from odoo_bridge.tests.simulation.play import Found, first_violation, play
from odoo_bridge.tests.simulation.side_by_side import by_all, players

AT_A_TIME = 25  # histories that a process plays between two answers
PROGRESS = 500


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tell_one(seed: int) -> int:
    """Play one history and print its steps; return 1 when it goes wrong."""
    with ground() as here:
        found = play(here, seed)
    for line in found.told if isinstance(found, Found) else found:
        say(line)
    say(f"seed {seed}: {found.what}" if isinstance(found, Found) else f"seed {seed}: all holds")
    return int(isinstance(found, Found))


def play_many(seeds: Seeds) -> int:
    """Play them all; print the speed, and the seed of the first that goes wrong."""
    began, played, count = time.monotonic(), 0, seeds.end - seeds.first
    jobs = [
        range(at, min(at + AT_A_TIME, seeds.end)) for at in range(seeds.first, seeds.end, AT_A_TIME)
    ]
    with players(os.cpu_count() or 1) as pool:
        for found, number, _seconds in by_all(pool, first_violation, jobs):
            played += number
            if found is not None:
                pool.shutdown(wait=True, cancel_futures=True)
                say(f"VIOLATION in seed {found.seed}: {found.what}")
                say(f"repeat it: python -m odoo_bridge.tests.simulation --seed {found.seed}")
                return 1
            seeds.played(seeds.first + played - 1)
            if played % PROGRESS == 0 or played == count:
                speed = played / (time.monotonic() - began)
                say(f"{played:,} histories, {speed:.1f} a second")
    say(f"{count:,} histories from seed {seeds.first}: all holds")
    return 0


def plant_all(seeds: range, *, only: str = "") -> int:
    """Plant each bug in turn; print what was caught, and return 1 unless all were."""
    wanted = [plant for plant in PLANTS if only in plant.name]
    missed = 0
    with players(os.cpu_count() or 1) as pool:
        for caught in by_all(pool, partial(catch, seeds=seeds), wanted):
            missed += caught.seed is None
            say(caught.row)
    say(f"{missed} not caught" if missed else f"all {len(wanted)} caught")
    return int(bool(missed))
