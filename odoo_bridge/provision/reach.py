"""The first words with an Odoo: is it there, is it ours to set up?"""

from dataclasses import dataclass

from odoo_bridge.client import Kind, OdooClient, OdooUnauthorized, OdooUnavailable, with_ids
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.rows import rows

NEW_KEY = "make a new one in Odoo (your user, Preferences, Security, New API Key)"


@dataclass(frozen=True)
class Administrator:
    """Who provisions, and the company that they work for."""

    name: str
    company_id: int


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
    where, database = client.base_url, client.database
    try:
        return int(client.call("res.users", "context_get", kind=Kind.READ)["uid"])
    except OdooUnauthorized as exc:
        raise NotProvisioned(
            f"Odoo's database {database} refused the administrator's key: {NEW_KEY}, and check "
            f"that ODOO_DB names the database that it was made in."
        ) from exc
    except OdooUnavailable as exc:
        if exc.status == 404:
            raise NotProvisioned(
                f"At {where} there is no Odoo 19 with a database {database}: whoever runs the "
                f"portal must correct ODOO_URL or ODOO_DB."
            ) from exc
        raise NotProvisioned(
            f"Odoo does not answer at {where} ({exc.reason}) Whoever runs the portal must start "
            f"Odoo or correct ODOO_URL."
        ) from exc
