"""The first words with an Odoo: is it there, how does it speak, is it ours to set up?"""

from dataclasses import dataclass

from odoo_bridge.client import (
    Kind,
    OdooClient,
    OdooUnauthorized,
    OdooUnavailable,
    Protocol,
    detect_protocol,
    with_ids,
)
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.rows import rows

NEW_KEY = "make a new one in Odoo (your user, Preferences, Security, New API Key)"


@dataclass(frozen=True)
class Administrator:
    """Who provisions, and the company that they work for."""

    name: str
    company_id: int


def spoken_protocol(base_url: str, database: str) -> Protocol:
    """Ask Odoo once how it speaks; what it says is kept.

    :raises NotProvisioned: nobody answers, or nobody who has such a database.
    """
    try:
        return detect_protocol(base_url, database)
    except ValueError as exc:
        raise NotProvisioned(f"{exc}: whoever runs the portal must correct ODOO_URL.") from None
    except OdooUnavailable as exc:
        raise out_of_reach(exc, base_url, database) from exc


def out_of_reach(error: OdooUnavailable, where: str, database: str) -> NotProvisioned:
    """Return the sentence for an Odoo that does not answer, or not as one with our database."""
    if error.status is not None:
        return NotProvisioned(
            f"At {where} there is no Odoo with a database {database}: whoever runs the portal must "
            f"correct ODOO_URL or ODOO_DB."
        )
    return NotProvisioned(
        f"Odoo does not answer at {where} ({error.reason}) Whoever runs the portal must start Odoo "
        f"or correct ODOO_URL."
    )


def administrator(client: OdooClient) -> Administrator:
    """Return the user of the key.

    :raises NotProvisioned: no Odoo, no such database, a key that is none, or not of an
        administrator.
    """
    uid = user_of_the_key(client)
    is_system = client.call(
        "res.users",
        "has_group",
        kind=Kind.READ_RECORDS,
        ids=[uid],
        group_ext_id="base.group_system",
    )
    [user] = rows(client, "res.users", with_ids([uid]), "name", "company_id")
    if not is_system:
        raise NotProvisioned(
            f"The key belongs to {user['name']}, who is not an administrator of Odoo: give "
            f"odoo_provision the key of a user with the right Administration / Settings."
        )
    return Administrator(name=user["name"], company_id=user["company_id"])


def user_of_the_key(client: OdooClient) -> int:
    """Return the id of the user whom the key belongs to.

    :raises NotProvisioned: there is no answer to that.
    """
    try:
        return int(client.call("res.users", "context_get", kind=Kind.READ)["uid"])
    except OdooUnauthorized as exc:
        whose = "" if client.protocol is Protocol.JSON2 else f" of the user {client.user}"
        raise NotProvisioned(
            f"Odoo's database {client.database} refused the administrator's key{whose}: {NEW_KEY}, "
            f"and check that ODOO_DB names the database that it was made in."
        ) from exc
    except OdooUnavailable as exc:
        raise out_of_reach(exc, client.base_url, client.database) from exc
