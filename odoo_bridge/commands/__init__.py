"""What the apps can ask of Odoo, in the portal's own words."""

from odoo_bridge.commands.base import Change, Command, PurchaseCommand
from odoo_bridge.commands.change_customer import ChangeCustomer
from odoo_bridge.commands.change_purchase import ChangePurchase, ChangePurchaseLine
from odoo_bridge.commands.collect_payment import CollectPayment
from odoo_bridge.commands.complete_delivery import CompleteDelivery
from odoo_bridge.commands.place_purchase import (
    AddPurchaseLine,
    PlacePurchase,
    PurchaseItem,
    RemovePurchaseLine,
)
from odoo_bridge.commands.plan_delivery import PlanDelivery
from odoo_bridge.commands.plan_run import PlanRun
from odoo_bridge.commands.record_lead import RecordLead
from odoo_bridge.commands.settle_purchase import (
    CancelPurchase,
    ConfirmPurchase,
    Received,
    ReceivePurchase,
)

COMMANDS: dict[str, type[Command]] = {
    command.name(): command
    for command in (
        RecordLead,
        PlanRun,
        PlanDelivery,
        CompleteDelivery,
        CollectPayment,
        ChangeCustomer,
        PlacePurchase,
        AddPurchaseLine,
        RemovePurchaseLine,
        ChangePurchase,
        ChangePurchaseLine,
        ConfirmPurchase,
        ReceivePurchase,
        CancelPurchase,
    )
}

__all__ = [
    "COMMANDS",
    "AddPurchaseLine",
    "CancelPurchase",
    "Change",
    "ChangeCustomer",
    "ChangePurchase",
    "ChangePurchaseLine",
    "CollectPayment",
    "Command",
    "CompleteDelivery",
    "ConfirmPurchase",
    "PlacePurchase",
    "PlanDelivery",
    "PlanRun",
    "PurchaseCommand",
    "PurchaseItem",
    "ReceivePurchase",
    "Received",
    "RecordLead",
    "RemovePurchaseLine",
]
