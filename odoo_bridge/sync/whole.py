"""Read mirrors from the beginning, as at the very first time; what was cut off goes on."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from odoo_bridge.client import OdooClient, fingerprint
from odoo_bridge.models import PollCursor
from odoo_bridge.services.read_again import read_from_the_beginning
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.poll import BEGINNING, poll

Say = Callable[[str], object]


def from_the_beginning(specs: Iterable[MirrorSpec]) -> None:
    """Forget how far these mirrors were read; a whole reading that was cut off goes on.

    The rest of a poll is no whole reading: it is forgotten, too.
    """
    cursors = PollCursor.objects.filter(mirror__in=[spec.name for spec in specs])
    whole = Q(scan_until__isnull=False, scan_from=BEGINNING)
    cursors.filter(whole).update(high_water=None)
    read_from_the_beginning(cursors.exclude(whole))


def read_whole(
    specs: Iterable[MirrorSpec], client: OdooClient, say: Say, *, fast: bool = False
) -> int:
    """Read each mirror to its end, telling how far it is; return how many records changed.

    ``fast`` leaves Odoo no time for its people.

    :raises OdooError: Odoo broke off. What was read stands, and the next run goes on from there.
    """
    changed = 0
    for spec in specs:
        of = fingerprint(client, spec.odoo_model, spec.domain).count
        read = 0

        def tell(rows: int, spec: MirrorSpec = spec, of: int = of) -> None:
            nonlocal read
            read += rows
            say(f"{spec.name}: {read} of {of}")

        found = poll(spec, client, on_page=tell, fast=fast)
        if found is None:
            say(f"{spec.name}: somebody else is reading it.")
        changed += found or 0
    return changed
