"""Find what neither webhooks nor polls tell of: what was deleted, and what was never seen.

Odoo keeps no trace of a deletion. So count and sum of the ids are compared, for the whole of a
mirror first and then by buckets of ids, and only of a bucket that differs the ids are read. What
is suspected here is looked at once more by ``refresh`` before anything is believed.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, Sum, Value

from odoo_bridge.client import Domain, OdooClient, fingerprint, pages
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.dirt import look_again
from odoo_bridge.sync.refresh import second_look
from portal.core import clock

BUCKET = 5_000
COUNTED = {"number": Count("pk"), "total": Sum("odoo_id")}
Prints = tuple[int, int]


def reconcile(spec: MirrorSpec, client: OdooClient, held: Prints | None = None) -> int:
    """Compare a mirror with Odoo; return how many records will be looked at again.

    ``held`` are our prints of a moment ago: where Odoo has the same we are not asked again.

    :raises OdooError: Odoo did not say; what was found so far is noted.
    """
    theirs = fingerprint(client, spec.odoo_model, spec.domain)
    if (theirs.count, theirs.id_sum) == held:
        return 0
    ours, our_last = prints_of(spec)
    if (theirs.count, theirs.id_sum) == ours:
        return 0
    suspects = 0
    for first in range(0, max(theirs.max_id, our_last) + 1, BUCKET):
        window = [["id", ">=", first], ["id", "<", first + BUCKET]]
        suspects += reconcile_bucket(spec, client, first, [*spec.domain, *window])
    return suspects


def reconcile_bucket(spec: MirrorSpec, client: OdooClient, first: int, domain: Domain) -> int:
    """Compare a bucket of ids, and if it differs note which records are to be looked at again."""
    theirs = fingerprint(client, spec.odoo_model, domain)
    if (theirs.count, theirs.id_sum) == prints_of(spec, first)[0]:
        return 0
    there = {
        row["id"]
        for rows in pages(client, spec.odoo_model, ["id"], domain=domain, limit=BUCKET)
        for row in rows
    }
    here = set(living(spec, first).values_list("odoo_id", flat=True))
    now = clock.database_now()
    gone, unseen = here - there, there - here
    second_look(spec, gone, now)
    look_again(spec.odoo_model, unseen, at=now)
    return len(gone) + len(unseen)


def prints_of(spec: MirrorSpec, first: int | None = None) -> tuple[Prints, int]:
    """Return count and sum of the ids that we hold for living, and the greatest of them."""
    found = living(spec, first).aggregate(**COUNTED, last=Max("odoo_id"))
    return (found["number"], int(found["total"] or 0)), found["last"] or 0


def prints_of_all(specs: Iterable[MirrorSpec]) -> dict[str, Prints]:
    """Return count and sum of the ids of each mirror, by its name; one query for all."""
    each = [living(spec).values(mirror=Value(spec.name)).annotate(**COUNTED) for spec in specs]
    rows = each[0].union(*each[1:], all=True) if each else []
    return {row["mirror"]: (row["number"], int(row["total"] or 0)) for row in rows}


def living(spec: MirrorSpec, first: int | None = None) -> Any:
    """Return the records that Odoo should show, all of them or those of a bucket."""
    known = spec.model.objects.filter(odoo_id__isnull=False, deleted_at=None)
    if first is None:
        return known
    return known.filter(odoo_id__gte=first, odoo_id__lt=first + BUCKET)
