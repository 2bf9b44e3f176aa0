"""The portal's user in Odoo: all that its work needs, and no more."""

from collections.abc import Collection, Set
from typing import Any

from odoo_bridge.client import Domain, Kind, OdooClient
from odoo_bridge.provision.found import Change, Found
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.rows import id_of, rows

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
NEVER = ("base.group_system", "base.group_erp_manager")
FIELDS = ("login", "active", "share", "company_id", "company_ids", "all_group_ids")


def the_bot(client: OdooClient) -> dict[str, Any] | None:
    """Return the bot's row by its login, which is unique in Odoo; ``None`` before it is made."""
    login: Domain = [["login", "=", LOGIN]]
    return next(iter(rows(client, "res.users", login, *FIELDS)), None)


def bot_user(client: OdooClient, *, company_id: int, is_new: bool) -> Found:
    """Look for the user. ``is_new`` says that no portal is connected with this Odoo.

    Only then an archived one is taken up again: the removal of a portal has left it so.

    :raises NotProvisioned: a user with the bot's login is there who cannot be it.
    """
    bot = the_bot(client)
    if bot is None:
        would = f"make the user {LOGIN}, who has no password"
        return Found(change=Change(would, lambda: make_bot(client, company_id)))
    if bot["share"] or not (bot["active"] or is_new):
        raise NotProvisioned(
            f"The user {LOGIN} in Odoo is {'no internal user' if bot['share'] else 'archived'}"
            f": an administrator of Odoo must make it an active internal user, or rename it."
        )
    too_much = [group for group in NEVER if id_of(client, group) in bot["all_group_ids"]]
    if too_much:
        raise NotProvisioned(
            f"The user {LOGIN} in Odoo may change Odoo's settings ({', '.join(too_much)}), and "
            f"must not: an administrator of Odoo must take that right away."
        )
    if not bot["active"]:
        would = f"make the archived user {LOGIN} active again"
        return Found(change=Change(would, lambda: wake_bot(client, bot["id"])))
    return Found(f"User {LOGIN}: there.")


def make_bot(client: OdooClient, company_id: int) -> str:
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
    return f"User {LOGIN}: made. It has no password, so nobody can log in with it."


def wake_bot(client: OdooClient, bot_user_id: int) -> str:
    """Make an archived bot active."""
    client.call(
        "res.users", "write", kind=Kind.WRITE_RECORDS, ids=[bot_user_id], vals={"active": True}
    )
    return f"User {LOGIN}: active again."


def bot_rights(client: OdooClient, *, modules: Collection[str]) -> Found:
    """Look whether the bot has all rights and companies. Nothing that a person added is taken.

    ``modules`` are those that Odoo has of the ones that we can do without. What the bot may not see
    would look deleted to us, hence every company.
    """
    groups = {id_of(client, xml_id) for xml_id in groups_for(modules)}
    companies = {row["id"] for row in rows(client, "res.company", [])}
    return to_be_given(client, groups=groups, companies=companies, what="rights")


def to_be_given(
    client: OdooClient, *, groups: Set[int], companies: Set[int] = frozenset(), what: str
) -> Found:
    """Return the adding of those that the bot, once there is one, does not have yet."""
    bot = the_bot(client) or {"company_ids": [], "all_group_ids": []}
    lacking = {
        "group_ids": groups - {*bot["all_group_ids"]},
        "company_ids": companies - {*bot["company_ids"]},
    }
    vals = {name: [[4, one] for one in sorted(ids)] for name, ids in lacking.items() if ids}

    def make() -> str:
        client.call("res.users", "write", kind=Kind.WRITE_RECORDS, ids=[bot["id"]], vals=vals)
        return f"User {LOGIN}: {what} given."

    if not vals:
        return Found(f"User {LOGIN}: {what} complete.")
    return Found(change=Change(f"give {LOGIN} the {what} that it lacks", make))


def groups_for(modules: Collection[str]) -> list[str]:
    """Return Odoo's groups that the bot shall be in; a module that is not there has none."""
    return [*GROUPS, *(group for module, group in GROUPS_OF.items() if module in modules)]
