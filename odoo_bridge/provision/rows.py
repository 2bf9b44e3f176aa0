"""Small reads."""

from typing import Any

from odoo_bridge.client import Domain, Kind, OdooClient


def rows(client: OdooClient, model: str, domain: Domain, *fields: str) -> list[dict[str, Any]]:
    """Return the records in ``domain`` by rising id, archived ones too; references are ids."""
    found: list[dict[str, Any]] = client.call(
        model,
        "search_read",
        kind=Kind.READ,
        domain=domain,
        fields=["id", *fields],
        order="id",
        load=None,
    )
    return found


def id_of(client: OdooClient, xml_id: str) -> int:
    """Return the id of what a module of Odoo brought with it.

    :raises OdooBroken: there is no such thing.
    """
    module, _, name = xml_id.partition(".")
    _model, odoo_id = client.call(
        "ir.model.data", "check_object_reference", kind=Kind.READ, module=module, xml_id=name
    )
    return int(odoo_id)
