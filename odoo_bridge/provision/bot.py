"""The portal's user in Odoo: all that its work needs, and no more."""

from collections.abc import Collection
from typing import Any

from odoo_bridge.client import Domain, Kind, OdooClient
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.rows import id_of, rows
from odoo_bridge.provision.say import Say
from odoo_bridge.provision.sight import provide_sight

LOGIN = "yardmaster-bot"
GROUPS = (
    "base.group_user",
    "base.group_partner_manager",
    "sales_team.group_sale_salesman_all_leads",  # a plain salesman would see only their own
    "stock.group_stock_user",  # batches too
    "account.group_account_invoice",  # payments too
    "fleet.fleet_group_user",
)
GROUPS_OF = {"mrp": "mrp.group_mrp_user", "purchase_stock": "purchase.group_purchase_user"}
FIELDS = ("login", "active", "share", "company_id", "company_ids", "all_group_ids")


def provide_bot(
    client: OdooClient, *, company_id: int, instance: str, modules: Collection[str], say: Say
) -> dict[str, Any]:
    """Return the bot's row, made or mended where need be. Nothing that a person added is taken.

    ``modules`` are those that Odoo has of the ones that we can do without.

    :raises NotProvisioned: a user with the bot's login is there who cannot be it.
    """
    found = rows(client, "res.users", named(), *FIELDS)
    if not found:
        make_bot(client, company_id)
        found = rows(client, "res.users", named(), *FIELDS)
        say(f"User {LOGIN}: made. It has no password, so nobody can log in with it.")
    bot = found[0]
    if bot["share"] or not bot["active"]:
        raise NotProvisioned(
            f"The user {LOGIN} in Odoo is {'archived' if not bot['active'] else 'no internal user'}"
            f": an administrator of Odoo must make it an active internal user, or rename it."
        )
    groups = {id_of(client, xml_id) for xml_id in groups_for(modules)}
    groups.add(provide_sight(client, instance=instance))
    lacking = what_it_lacks(client, bot, groups)
    if lacking:
        client.call("res.users", "write", kind=Kind.WRITE_RECORDS, ids=[bot["id"]], vals=lacking)
    say(f"User {LOGIN}: rights {'given' if lacking else 'complete'}.")
    return bot


def named() -> Domain:
    """The bot, by its login, which is unique in Odoo."""
    return [["login", "=", LOGIN]]


def make_bot(client: OdooClient, company_id: int) -> None:
    """Make a user without a password, and without the mail that invites one to choose it."""
    new = {
        "name": "Yardmaster",
        "login": LOGIN,
        "notification_type": "inbox",
        "company_id": company_id,
        "company_ids": [[6, 0, [company_id]]],
        "group_ids": [[6, 0, [id_of(client, "base.group_user")]]],
    }
    client.call(
        "res.users",
        "create",
        kind=Kind.WRITE,
        vals_list=[new],
        context={"no_reset_password": True},
    )


def groups_for(modules: Collection[str]) -> list[str]:
    """Return Odoo's groups that the bot shall be in; a module that is not there has none."""
    return [*GROUPS, *(group for module, group in GROUPS_OF.items() if module in modules)]


def what_it_lacks(client: OdooClient, bot: dict[str, Any], groups: set[int]) -> dict[str, Any]:
    """Return the values to write: the groups and the companies that it does not have yet.

    What the bot may not see would look deleted to us, hence every company.
    """
    companies = {row["id"] for row in rows(client, "res.company", [])} - set(bot["company_ids"])
    lacking = {"group_ids": groups - set(bot["all_group_ids"]), "company_ids": companies}
    return {name: [[4, one] for one in sorted(ids)] for name, ids in lacking.items() if ids}
