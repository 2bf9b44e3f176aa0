"""What the apps can ask of Odoo, in the portal's own words."""

from odoo_bridge.commands.about import About, AboutCommand
from odoo_bridge.commands.add_note import AddNote
from odoo_bridge.commands.attach_file import MOST_BYTES, AttachFile
from odoo_bridge.commands.base import Change, Command, LeadCommand, PurchaseCommand
from odoo_bridge.commands.block_number import BlockNumber, NumberCommand, UnblockNumber
from odoo_bridge.commands.change_customer import ChangeCustomer
from odoo_bridge.commands.change_purchase import ChangePurchase, ChangePurchaseLine
from odoo_bridge.commands.collect_payment import CollectPayment
from odoo_bridge.commands.complete_delivery import CompleteDelivery
from odoo_bridge.commands.lead import ChangeLead, CloseLead, ConvertLead
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
        ChangeLead,
        ConvertLead,
        CloseLead,
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
        BlockNumber,
        UnblockNumber,
        AddNote,
        AttachFile,
    )
}

__all__ = [
    "COMMANDS",
    "MOST_BYTES",
    "About",
    "AboutCommand",
    "AddNote",
    "AddPurchaseLine",
    "AttachFile",
    "BlockNumber",
    "CancelPurchase",
    "Change",
    "ChangeCustomer",
    "ChangeLead",
    "ChangePurchase",
    "ChangePurchaseLine",
    "CloseLead",
    "CollectPayment",
    "Command",
    "CompleteDelivery",
    "ConfirmPurchase",
    "ConvertLead",
    "LeadCommand",
    "NumberCommand",
    "PlacePurchase",
    "PlanDelivery",
    "PlanRun",
    "PurchaseCommand",
    "PurchaseItem",
    "ReceivePurchase",
    "Received",
    "RecordLead",
    "RemovePurchaseLine",
    "UnblockNumber",
]
