"""Whether Odoo tells the portal of changes, and whether it is heard."""

import datetime as dt
from typing import Any

from odoo_bridge.client import OdooClient, OdooRejected
from odoo_bridge.models import HintHearing, OdooAccess, RefusedHints
from odoo_bridge.provision.doctor.finding import Finding, attention, fine
from odoo_bridge.provision.doctor.key import PROVISION
from odoo_bridge.provision.hints import ACTION, RULE, address_of
from odoo_bridge.provision.rows import rows
from odoo_bridge.provision.rules import rule_names
from odoo_bridge.selectors.access import where_odoo_reaches_us
from odoo_bridge.sync.specs import specs_for

RULES, HEARD, MISSED, REFUSED = (
    "Webhooks in Odoo",
    "Webhooks heard",
    "Webhooks missed",
    "Webhooks refused",
)
OURS = [["name", "=like", "Yardmaster: %"]]
LATELY = dt.timedelta(days=1)
POLLS = "Until then changes show after a poll."


def rules_finding(client: OdooClient, access: OdooAccess) -> Finding:
    """Look whether each rule is there, active, and posts to us with the right secret."""
    if access.hints_since is None:
        return attention(RULES, "Odoo tells of nothing: changes show after a poll.", PROVISION)
    try:
        rules = rows(client, RULE, OURS, "name", "active")
        actions = rows(client, ACTION, OURS, "name", "webhook_url")
    except OdooRejected as exc:
        return attention(RULES, f"The bot cannot look at them: {exc.reason}", PROVISION)
    wrong = what_is_wrong(rules, actions, access)
    if wrong:
        return attention(RULES, f"{'; '.join(wrong)}.", f"{PROVISION} {POLLS}")
    return fine(RULES, f"{len(rules)} rules stand, and post to where the portal listens.")


def what_is_wrong(
    rules: list[dict[str, Any]], actions: list[dict[str, Any]], access: OdooAccess
) -> list[str]:
    """Return one line for each kind of fault."""
    wanted = rule_names(specs_for(modules=access.installed))
    missing = wanted - ({row["name"] for row in rules} & {row["name"] for row in actions})
    inactive = [row for row in rules if not row["active"]]
    base = where_odoo_reaches_us()
    address = address_of(base, access.hint_secret)
    elsewhere = [row for row in actions if not says(row).startswith(f"{base}/")]
    secret = [row for row in actions if row not in elsewhere and says(row) != address]
    counted = {
        "are not there": missing,
        "are switched off": inactive,
        f"post to another address than {base}": elsewhere,
        "post with another secret": secret,
    }
    return [f"{len(which)} rules {how}" for how, which in counted.items() if which]


def says(row: dict[str, Any]) -> str:
    """Return where an action posts to."""
    return str(row["webhook_url"] or "")


def heard_finding(access: OdooAccess | None) -> Finding:
    """Say when each kind of record was heard of last."""
    heard = HintHearing.objects.filter(heard_at__isnull=False).order_by("odoo_model")
    kinds = [f"{one.odoo_model} {one.heard_at:%Y-%m-%d %H:%M}" for one in heard]
    if kinds:
        return fine(HEARD, f"Last (UTC): {', '.join(kinds)}.")
    if access is None or access.hints_since is None:
        return fine(HEARD, "None, as Odoo was not asked for any.")
    advice = "Change a contact in Odoo. If that is not heard, check that Odoo reaches {}."
    return attention(HEARD, "None yet.", advice.format(where_odoo_reaches_us()))


def missed_finding(now: dt.datetime) -> Finding:
    """Look for changes that only a poll has found."""
    late = HintHearing.objects.filter(missed_at__gt=now - LATELY).order_by("odoo_model")
    kinds = [f"{one.odoo_model} ({one.missed} in all)" for one in late]
    if not kinds:
        return fine(MISSED, "No change of the last day was missed.")
    says = f"Polls found changes of the last day that Odoo had not told of: {', '.join(kinds)}."
    advice = f"Check that Odoo reaches {where_odoo_reaches_us()}; then {PROVISION}"
    return attention(MISSED, says, advice)


def refused_finding(now: dt.datetime) -> Finding:
    """Look for posts that did not know the secret."""
    door = RefusedHints.objects.filter(refused_at__gt=now - LATELY).first()
    if door is None or door.refused_at is None:
        return fine(REFUSED, "No post of the last day was refused.")
    says = f"{door.refused} posts with a wrong secret, the last at {door.refused_at:%H:%M} UTC."
    return attention(REFUSED, says, f"If they come from your Odoo: {PROVISION}")
