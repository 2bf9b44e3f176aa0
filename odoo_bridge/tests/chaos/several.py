"""Runs one after the other, against one Odoo."""

import contextlib
from collections.abc import Callable, Iterable, Iterator

from django.db import connection

from odoo_bridge.tests.chaos.run import play
from portal.local import odoo as local_odoo
from portal.testing.real_odoo import ProvisionedOdoo, provisioned_copy


@contextlib.contextmanager
def an_odoo() -> Iterator[ProvisionedOdoo]:
    """Lend a provisioned Odoo while the block runs."""
    local_odoo.ensure_running()
    with provisioned_copy() as odoo:
        connection.close()
        yield odoo


def play_several(seeds: Iterable[int], say: Callable[[str], None], *, tell: bool) -> int:
    """Play; say how each went; return how many did not hold."""
    bad = 0
    with an_odoo() as odoo:
        for seed in seeds:
            found, run = play(seed, odoo)
            bad += bool(found)
            if tell or found:
                for line in run.told:
                    say(f"  {line}")
            say(f"seed {seed}: {len(run.titles)} leads, {'; '.join(found) or 'all holds'}")
            if found:
                say(f"repeat it: python -m odoo_bridge.tests.chaos --seed {seed}")
    return bad
