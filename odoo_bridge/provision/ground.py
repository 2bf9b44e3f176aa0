"""What must be so before anything is changed in an Odoo, and what all steps go by."""

from dataclasses import dataclass

from odoo_bridge.client import OdooClient
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.accounts import check_accounts
from odoo_bridge.provision.bot import the_bot
from odoo_bridge.provision.bot_key import client_of_bot, works
from odoo_bridge.provision.companies import companies_of
from odoo_bridge.provision.found import Say
from odoo_bridge.provision.instance import agreed_instance, instance_in
from odoo_bridge.provision.modules import check_modules
from odoo_bridge.provision.reach import administrator
from odoo_bridge.provision.version import supported_version


@dataclass(frozen=True)
class Ground:
    """The portal's instance, the bot's company, whether Odoo is nobody's yet, and takes our key."""

    instance: str
    company_id: int
    is_new: bool
    key_fits: bool


def look_at_ground(
    admin: OdooClient, *, kept: OdooAccess | None, take_over: bool, say: Say
) -> Ground:
    """Ask for all that an administrator of Odoo must have seen to; say what there is.

    :raises NotProvisioned: it cannot be built on; the sentence says who must do what.
    """
    who = administrator(admin)
    say(f"{supported_version(admin)}, at {admin.base_url}, database {admin.database}: {who.name}.")
    key_fits = kept is not None and works(client_of_bot(admin, kept), kept.bot_user_id)
    theirs = instance_in(admin)
    instance = agreed_instance(
        theirs=theirs, ours=kept.instance if kept else "", key_fits=key_fits, take_over=take_over
    )
    say(check_modules(admin))
    bot = the_bot(admin)
    companies = companies_of(admin, company_id=bot["company_id"] if bot else who.company_id)
    say(str(companies))
    say(check_accounts(admin, companies))
    return Ground(instance, companies.company_id, is_new=not theirs, key_fits=key_fits)
