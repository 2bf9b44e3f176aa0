"""Sums that Odoo reckons itself, by groups of records."""

from collections.abc import Sequence
from typing import Any

from odoo_bridge.client.domain import Domain
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.odoo_client import OdooClient
from odoo_bridge.client.protocol import Protocol


def sums(
    client: OdooClient, model: str, domain: Domain, *, by: Sequence[str], of: Sequence[str]
) -> list[dict[str, Any]]:
    """Return a row for each group: the ids of the many2ones ``by``, and the sums of the fields.

    ``formatted_read_group`` came with Odoo 19, as JSON-2 did; ``read_group`` is older and goes, and
    knows no dotted name to group by.

    :raises OdooError: Odoo did not say.
    """
    asked: dict[str, Any] = {"domain": domain, "groupby": list(by)}
    named = {name: f"{name}:sum" for name in of}
    if client.protocol is Protocol.JSON2:
        asked["aggregates"] = list(named.values())
        rows = client.call(model, "formatted_read_group", kind=Kind.READ, **asked)
    else:
        asked |= {"fields": list(named.values()), "lazy": False}
        rows = client.call(model, "read_group", kind=Kind.READ, **asked)
        named = {name: name for name in of}
    return [
        {name: row[name] and row[name][0] for name in by}
        | {name: row[key] for name, key in named.items()}
        for row in rows
    ]
