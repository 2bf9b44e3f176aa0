"""Runs one after the other, against one Odoo."""

import dataclasses
import sys
import time

from odoo_bridge.tests.chaos.run import play
from odoo_bridge.tests.seeds import Seeds
from portal.local import odoo as local_odoo
from portal.local.small_disk import small_disk
from portal.testing.real_odoo import provisioned_copy

DISK = 256  # MiB: a database, its backup, and what a run adds


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def play_several(seeds: Seeds) -> int:
    """Play until one does not hold, and print its seed; return 1 then."""
    began = time.monotonic()
    copy = provisioned_copy()
    with local_odoo.second_server() as url, small_disk(mebibytes=DISK) as disk:
        if disk is None:
            say("no run meets a full disk: only root can mount a small one")
        odoo = dataclasses.replace(copy, url=url)
        for seed in range(seeds.first, seeds.end):
            found, run = play(seed, odoo, disk)
            if found or seeds.alone:
                for line in run.told:
                    say(f"  {line}")
            leads = len(run.promises.known.titles)
            say(f"seed {seed}: {leads} leads, {'; '.join(found) or 'all holds'}")
            if found:
                say(f"repeat it: python -m odoo_bridge.tests.chaos --seed {seed}")
                return 1
            seeds.played(seed)
    say(f"{seeds.end - seeds.first} runs in {time.monotonic() - began:.0f} s: all holds")
    return 0
