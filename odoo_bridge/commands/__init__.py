"""What the apps can ask of Odoo, in the portal's own words."""

from odoo_bridge.commands.base import Change, Command
from odoo_bridge.commands.change_customer import ChangeCustomer
from odoo_bridge.commands.collect_payment import CollectPayment
from odoo_bridge.commands.complete_delivery import CompleteDelivery
from odoo_bridge.commands.plan_delivery import PlanDelivery
from odoo_bridge.commands.plan_run import PlanRun
from odoo_bridge.commands.record_lead import RecordLead

COMMANDS: dict[str, type[Command]] = {
    command.name(): command
    for command in (
        RecordLead,
        PlanRun,
        PlanDelivery,
        CompleteDelivery,
        CollectPayment,
        ChangeCustomer,
    )
}

__all__ = [
    "COMMANDS",
    "Change",
    "ChangeCustomer",
    "CollectPayment",
    "Command",
    "CompleteDelivery",
    "PlanDelivery",
    "PlanRun",
    "RecordLead",
]
