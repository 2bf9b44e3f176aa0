"""What a restored Odoo has forgotten. It will give the same ids to other records, or has already.

So our mirrors of such records are let go: they keep all that points at them, have no id any more,
and count as deleted. What Odoo makes under the old id is then mirrored as what it is, another
record: no customer's order becomes another customer's by it.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from odoo_bridge.client import Kind, OdooClient, OdooError, OdooUnavailable, odoo_datetime, pages
from odoo_bridge.sync.columns import MirrorSpec

A_SECOND = dt.timedelta(seconds=1)


def forgotten_by(
    client: OdooClient, specs: Iterable[MirrorSpec], *, since: dt.datetime | None
) -> dict[MirrorSpec, Q]:
    """Return which of our records are, by their ids, not those that Odoo has now or will have.

    ``since`` is the latest time of which Odoo still knows what was written. A mirror that Odoo does
    not let us read is left as it is.

    :raises OdooUnavailable: Odoo did not answer.
    """
    found: dict[MirrorSpec, Q] = {}
    for spec in specs:
        try:
            highest = _highest_id(client, spec.odoo_model)
            others = _made_after(client, spec.odoo_model, since)
        except OdooUnavailable:
            raise
        except OdooError:
            continue
        found[spec] = Q(odoo_id__gt=highest) | Q(odoo_id__in=others)
    return found


def _highest_id(client: OdooClient, model: str) -> int:
    """Return the highest id that there is; archived records count."""
    newest: list[int] = client.call(
        model,
        "search",
        kind=Kind.READ,
        domain=[],
        order="id desc",
        limit=1,
        context={"active_test": False},
    )
    return newest[0] if newest else 0


def _made_after(client: OdooClient, model: str, moment: dt.datetime | None) -> list[int]:
    if moment is None:
        return []
    made = [["create_date", ">=", odoo_datetime(moment + A_SECOND)]]
    return [row["id"] for rows in pages(client, model, ["id"], domain=made) for row in rows]
