"""One call of a method of Odoo's, whatever the protocol, and what we refuse to send."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from odoo_bridge.client.errors import OdooBroken
from odoo_bridge.client.kinds import Kind

NAMES = re.compile(r"\w+(\.\w+)+", re.ASCII)

# Methods of the model that everybody calls. Given ids, JSON-RPC would take them for the first
# argument of these, and ``name_create`` would make a record named "[7]".
OF_THE_MODEL = frozenset(
    {
        "check_object_reference",
        "context_get",
        "create",
        "default_get",
        "fields_get",
        "formatted_read_group",
        "load",
        "name_create",
        "name_search",
        "read_group",
        "search",
        "search_count",
        "search_fetch",
        "search_read",
        "web_search_read",
    }
)


@dataclass(frozen=True, kw_only=True)
class OdooCall:
    """What is asked of Odoo: the method's own arguments are in ``params``, by name."""

    model: str
    method: str
    kind: Kind
    ids: Sequence[int]
    context: Mapping[str, Any]
    params: Mapping[str, Any]

    @property
    def name(self) -> str:
        """As errors and logs know it: "sale.order.action_confirm"."""
        return f"{self.model}.{self.method}"


def refuse_nonsense(call: OdooCall) -> None:
    """Refuse, before anything is sent, what Odoo would take without a word.

    :raises OdooBroken: a record method without ids, a model's method with them, or an odd name.
    """
    if not NAMES.fullmatch(call.name):
        raise OdooBroken("This is not the name of a model and a method.", cause="refused by us")
    if call.kind.needs_ids and not call.ids:
        reason = "Without ids this call would change nothing and say it did."
        raise OdooBroken(reason, call.name, "refused by us")
    if call.ids and (not call.kind.needs_ids or call.method in OF_THE_MODEL):
        raise OdooBroken("A method of the model takes no ids.", call.name, "refused by us")
    if any(type(one) is not int or one < 1 for one in call.ids):
        raise OdooBroken("An id of Odoo is a positive whole number.", call.name, "refused by us")
