"""What the apps can ask of Odoo, in the portal's own words."""

from odoo_bridge.commands.base import Command
from odoo_bridge.commands.collect_payment import CollectPayment
from odoo_bridge.commands.complete_delivery import CompleteDelivery
from odoo_bridge.commands.plan_delivery import PlanDelivery
from odoo_bridge.commands.plan_run import PlanRun
from odoo_bridge.commands.record_lead import RecordLead

COMMANDS: dict[str, type[Command]] = {
    command.name(): command
    for command in (RecordLead, PlanRun, PlanDelivery, CompleteDelivery, CollectPayment)
}

__all__ = [
    "COMMANDS",
    "CollectPayment",
    "Command",
    "CompleteDelivery",
    "PlanDelivery",
    "PlanRun",
    "RecordLead",
]
