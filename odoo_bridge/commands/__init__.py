"""What the apps can ask of Odoo, in the portal's own words."""

from odoo_bridge.commands.about import About, AboutCommand
from odoo_bridge.commands.add_note import AddNote
from odoo_bridge.commands.attach_file import MOST_BYTES, AttachFile
from odoo_bridge.commands.base import (
    Change,
    Command,
    LeadCommand,
    PickupCommand,
    ProductionCommand,
    PurchaseCommand,
    SaleCommand,
    TransferCommand,
)
from odoo_bridge.commands.block_number import BlockNumber, NumberCommand, UnblockNumber
from odoo_bridge.commands.change_customer import ChangeCustomer
from odoo_bridge.commands.change_order import ChangeOrder
from odoo_bridge.commands.change_purchase import ChangePurchase, ChangePurchaseLine
from odoo_bridge.commands.collect_payment import CollectPayment
from odoo_bridge.commands.complete_delivery import CompleteDelivery, Handed
from odoo_bridge.commands.lead import ChangeLead, CloseLead, ConvertLead
from odoo_bridge.commands.make_payment_link import MakePaymentLink
from odoo_bridge.commands.pickup import CompletePickup, PlanPickup
from odoo_bridge.commands.place_order import OrderItem, PlaceOrder
from odoo_bridge.commands.place_purchase import (
    AddPurchaseLine,
    PlacePurchase,
    PurchaseItem,
    RemovePurchaseLine,
)
from odoo_bridge.commands.plan_delivery import PlanDelivery
from odoo_bridge.commands.plan_production import PlanProduction
from odoo_bridge.commands.plan_run import PlanRun
from odoo_bridge.commands.record_customer import RecordCustomer
from odoo_bridge.commands.record_lead import RecordLead
from odoo_bridge.commands.refuse_delivery import RefuseDelivery
from odoo_bridge.commands.run_production import FinishProduction, Scrapped, StartProduction
from odoo_bridge.commands.set_delivery_line import SetDeliveryLine
from odoo_bridge.commands.settle_order import CancelOrder, ConfirmOrder
from odoo_bridge.commands.settle_purchase import (
    CancelPurchase,
    ConfirmPurchase,
    Received,
    ReceivePurchase,
)
from odoo_bridge.commands.split_delivery import MergeDeliveries, Parting, SplitDelivery

COMMANDS: dict[str, type[Command]] = {
    command.name(): command
    for command in (
        RecordLead,
        ChangeLead,
        ConvertLead,
        CloseLead,
        PlaceOrder,
        ChangeOrder,
        ConfirmOrder,
        CancelOrder,
        SetDeliveryLine,
        PlanRun,
        PlanDelivery,
        CompleteDelivery,
        RefuseDelivery,
        SplitDelivery,
        MergeDeliveries,
        PlanPickup,
        CompletePickup,
        CollectPayment,
        MakePaymentLink,
        RecordCustomer,
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
        PlanProduction,
        StartProduction,
        FinishProduction,
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
    "CancelOrder",
    "CancelPurchase",
    "Change",
    "ChangeCustomer",
    "ChangeLead",
    "ChangeOrder",
    "ChangePurchase",
    "ChangePurchaseLine",
    "CloseLead",
    "CollectPayment",
    "Command",
    "CompleteDelivery",
    "CompletePickup",
    "ConfirmOrder",
    "ConfirmPurchase",
    "ConvertLead",
    "FinishProduction",
    "Handed",
    "LeadCommand",
    "MakePaymentLink",
    "MergeDeliveries",
    "NumberCommand",
    "OrderItem",
    "Parting",
    "PickupCommand",
    "PlaceOrder",
    "PlacePurchase",
    "PlanDelivery",
    "PlanPickup",
    "PlanProduction",
    "PlanRun",
    "ProductionCommand",
    "PurchaseCommand",
    "PurchaseItem",
    "ReceivePurchase",
    "Received",
    "RecordCustomer",
    "RecordLead",
    "RefuseDelivery",
    "RemovePurchaseLine",
    "SaleCommand",
    "Scrapped",
    "SetDeliveryLine",
    "SplitDelivery",
    "StartProduction",
    "TransferCommand",
    "UnblockNumber",
]
