"""Leads, their stages and teams, and the numbers that are not to be texted."""

from odoo_bridge import models
from odoo_bridge.sync.columns import MirrorSpec, flag, moment, reference, text, whole

LEAD_STAGE = MirrorSpec(
    models.LeadStage,
    "crm.stage",
    (text("name", "name"), whole("position", "sequence"), flag("is_won", "is_won")),
    topic="leads",
)
SALES_TEAM = MirrorSpec(
    models.SalesTeam,
    "crm.team",
    (
        text("name", "name"),
        reference("leader", "user_id"),
        reference("company", "company_id"),
        whole("position", "sequence"),
        flag("active", "active"),
    ),
    topic="leads",
)
LEAD = MirrorSpec(
    models.LeadRecord,
    "crm.lead",
    (
        text("name", "name"),
        text("kind", "type", most=16),
        reference("stage", "stage_id"),
        reference("owner", "user_id"),
        reference("team", "team_id"),
        reference("customer", "partner_id"),
        text("contact_name", "contact_name"),
        text("phone", "phone", most=64),
        text("email", "email_from"),
        flag("active", "active"),
        moment("closed_at", "date_closed"),
        moment("created_at", "create_date"),
    ),
    topic="leads",
    tells="crm.lead",
)
BLOCKED_NUMBER = MirrorSpec(
    models.BlockedNumber,
    "phone.blacklist",
    (text("number", "number", most=64), flag("active", "active")),
    topic="leads",
    tells="phone.blacklist",
)
