"""Taking out of Odoo all that provisioning has put in, and forgetting the way there.

Only what carries this portal's external ids or mark is touched. The mark goes last, so that a
removal that was cut off goes on where it was. Steps as in provisioning: a look, then the change.
"""

from dataclasses import dataclass
from functools import partial

from odoo_bridge.client import Kind, OdooClient, OdooRejected, external_module
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision import cash, hints, sight
from odoo_bridge.provision.bot import LOGIN, the_bot
from odoo_bridge.provision.bot_key import keys_of, revoke_older
from odoo_bridge.provision.found import Change, Found, Say, Step, look_at_all, make_all
from odoo_bridge.provision.instance import BOT, PARAMETER, another, instance_in
from odoo_bridge.provision.modules import installed_of
from odoo_bridge.provision.own import own_records
from odoo_bridge.provision.reach import administrator
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.rows import rows
from odoo_bridge.selectors.unsettled import unsettled_entries
from odoo_bridge.services.drop_access import drop_access

OUTCOME_IS_OPEN = (
    "{number} changes are on their way to Odoo, and it is not known yet whether they arrived: wait "
    "some minutes, and run odoo_provision --remove again."
)


@dataclass(frozen=True, kw_only=True)
class Removal:
    """One removal: the administrator's client, what we have kept, and whom to tell."""

    admin: OdooClient
    kept: OdooAccess
    say: Say

    def rehearse(self) -> int:
        """Say what would be taken out and what stays; return how many changes there would be.

        :raises NotProvisioned: this Odoo is not the portal's, or something is under way to it.
        """
        found = look_at_all(self.steps())
        for one in found:
            self.say(one.foretold)
        return sum(one.change is not None for one in found)

    def run(self) -> None:
        """Take it out. Cut off, the next run goes on.

        :raises NotProvisioned: as above; nothing was changed.
        """
        steps = self.steps()
        look_at_all(steps)
        make_all(steps, self.say)

    def steps(self) -> list[Step]:
        """Return the steps, the mark and our own row last."""
        administrator(self.admin)
        bot_user_id = self.bot_of_ours()
        if number := unsettled_entries():
            raise NotProvisioned(OUTCOME_IS_OPEN.format(number=number))
        return [
            *(partial(self.records, *one) for one in self.kinds()),
            partial(self.keys, bot_user_id),
            partial(self.bot, bot_user_id),
            self.journal,
            self.mark,
            self.own_row,
            self.rest,
        ]

    def bot_of_ours(self) -> int:
        """Return the id of our bot, as sure as this Odoo is ours.

        :raises NotProvisioned: it is not.
        """
        ours, theirs = self.kept.instance, instance_in(self.admin)
        if theirs not in {"", ours}:
            raise NotProvisioned(another(ours=ours, theirs=theirs))
        bot = the_bot(self.admin)
        is_it = bot is not None and bot["id"] == self.kept.bot_user_id
        trace = own_records(self.admin, self.module, "res.users", BOT)
        # Without any mark, only a removal that was cut off at its end leaves our bot archived.
        if not (theirs or trace or (is_it and bot and not bot["active"])):
            raise NotProvisioned(
                f"This Odoo carries no mark of this portal (instance {ours}): correct ODOO_URL and "
                f"ODOO_DB; nothing was changed."
            )
        return self.kept.bot_user_id if is_it else 0

    @property
    def module(self) -> str:
        """What the external ids of this portal begin with."""
        return external_module(self.kept.instance)

    def kinds(self) -> list[tuple[str, str, str]]:
        """Return the models of what goes, a pattern of its keys, and its name for people."""
        return [
            (hints.ACTION, hints.LIKE, "actions of webhooks"),
            (hints.RULE, hints.LIKE, "rules of webhooks"),
            (sight.RULE, "sight%", "rules of access"),
            (sight.ACCESS, "sight%", "rights"),
            (sight.GROUP, "sight%", "groups"),
        ]

    def records(self, model: str, like: str, what: str) -> Found:
        """Look for records that were made for the portal's own sake."""
        ids = sorted(own_records(self.admin, self.module, model, like).values())
        if not ids:
            return Found(f"None of our {what} is there.")

        def make() -> str:
            self.admin.call(model, "unlink", kind=Kind.WRITE_RECORDS, ids=ids)
            return f"Deleted: {len(ids)} {what}."

        return Found(change=Change(f"delete {len(ids)} {what}", make))

    def keys(self, bot_user_id: int) -> Found:
        """Look for the bot's keys."""
        number = len(keys_of(self.admin, bot_user_id))
        if not number:
            return Found("The bot has no key.")

        def make() -> str:
            return f"Revoked: {revoke_older(self.admin, bot_user_id=bot_user_id, leave=0)} keys."

        return Found(change=Change(f"revoke the bot's keys ({number})", make))

    def bot(self, bot_user_id: int) -> Found:
        """Look at the bot, which is archived: Odoo deletes no user who has written something."""
        bot = the_bot(self.admin)
        if not (bot and bot["id"] == bot_user_id and bot["active"]):
            return Found(f"User {LOGIN}: not active.")

        def make() -> str:
            self.admin.call(
                "res.users",
                "write",
                kind=Kind.WRITE_RECORDS,
                ids=[bot_user_id],
                vals={"active": False},
            )
            return f"User {LOGIN}: archived. It stays as the author of what it wrote."

        return Found(change=Change(f"archive the user {LOGIN}, the author of what it wrote", make))

    def journal(self) -> Found:
        """Look at the cash journal: one that we made and nobody used goes."""
        kept = self.kept.cash_journal_id
        made = own_records(self.admin, self.module, "account.journal", cash.KEY).values()
        stays = f"Cash journal {kept} stays"
        if not made:
            return Found(f"{stays}: nothing says that the portal made it.")
        [journal] = made
        if rows(self.admin, "account.move", [["journal_id", "=", journal]]):
            return Found(f"Cash journal {journal} stays: there are entries in it.")

        def make() -> str:
            try:
                self.admin.call("account.journal", "unlink", kind=Kind.WRITE_RECORDS, ids=[journal])
            except OdooRejected as exc:
                return f"Cash journal {journal} stays: {exc.reason}"
            return f"Cash journal {journal}: deleted. Its account stays in the chart."

        return Found(change=Change(f"delete cash journal {journal}, which nobody used", make))

    def mark(self) -> Found:
        """Look for the mark, on which the others hang."""
        parameter = [row["id"] for row in rows(self.admin, "ir.config_parameter", self.marked())]
        traces = rows(
            self.admin, "ir.model.data", [["module", "=", self.module], ["name", "=", BOT]]
        )
        found = {"ir.config_parameter": parameter, "ir.model.data": [row["id"] for row in traces]}
        if not any(found.values()):
            return Found("The mark of this portal is not in Odoo.")

        def make() -> str:
            for model, ids in found.items():
                if ids:
                    self.admin.call(model, "unlink", kind=Kind.WRITE_RECORDS, ids=ids)
            return f"Instance {self.kept.instance}: the mark is taken out of Odoo."

        return Found(change=Change("take out the mark of this portal", make))

    def marked(self) -> list[list[str]]:
        """Return what is true of the parameter that names this portal."""
        return [["key", "=", PARAMETER], ["value", "=", self.kept.instance]]

    def own_row(self) -> Found:
        """Forget the key here."""

        def make() -> str:
            drop_access()
            return "The portal has forgotten its key: it sends nothing, and reads nothing."

        return Found(change=Change("forget the key in the portal", make))

    def rest(self) -> Found:
        """Say what stays, and why."""
        modules = ", ".join(sorted(installed_of(self.admin, ["stock_fleet", hints.MODULE])))
        return Found(
            f"What stays in Odoo: leads, batches, payments and all else that was done for the "
            f"business; the modules {modules or '(none)'}, which others may use by now. What stays "
            f"in the portal: what it has read of Odoo."
        )
