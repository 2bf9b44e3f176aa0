"""One handler a command: what it does in Odoo, step by step.

A handler takes the command and the ``Sending``, and returns what to store here once Odoo has done
it. Every step first looks whether what it wants is so already, so the whole can be run again from
the start at any time: that is how an answer that was lost is found.

What only makes a record is said by a ``Creation``, and can go along with others in one call. What
only changes one is said by a ``Changing``, and merged with what was changed in Odoo meanwhile.
"""

from collections.abc import Callable
from typing import Any

from odoo_bridge.commands import (
    AddNote,
    AddPurchaseLine,
    AttachFile,
    BlockNumber,
    CancelOrder,
    CancelPurchase,
    ChangeCustomer,
    ChangeLead,
    ChangeOrder,
    ChangePurchase,
    ChangePurchaseLine,
    CloseLead,
    CollectPayment,
    CompleteDelivery,
    CompletePickup,
    ConfirmOrder,
    ConfirmPurchase,
    ConvertLead,
    FinishProduction,
    MakePaymentLink,
    MergeDeliveries,
    PlaceOrder,
    PlacePurchase,
    PlanDelivery,
    PlanPickup,
    PlanProduction,
    PlanRun,
    ReceivePurchase,
    RecordCustomer,
    RecordLead,
    RefuseDelivery,
    RemovePurchaseLine,
    SetDeliveryLine,
    SplitDelivery,
    StartProduction,
    UnblockNumber,
)
from odoo_bridge.outbox.changes import Changing
from odoo_bridge.outbox.handlers.add_note import add_note
from odoo_bridge.outbox.handlers.attach_file import attach_file
from odoo_bridge.outbox.handlers.block_number import block_number, unblock_number
from odoo_bridge.outbox.handlers.change_customer import CUSTOMER
from odoo_bridge.outbox.handlers.change_lead import LEAD_DATA
from odoo_bridge.outbox.handlers.change_order import ORDER_DATA
from odoo_bridge.outbox.handlers.change_purchase import PURCHASE_DATA, PURCHASE_LINE
from odoo_bridge.outbox.handlers.close_lead import close_lead
from odoo_bridge.outbox.handlers.collect_payment import collect_payment
from odoo_bridge.outbox.handlers.complete_delivery import complete_delivery
from odoo_bridge.outbox.handlers.convert_lead import convert_lead
from odoo_bridge.outbox.handlers.creation import Creation
from odoo_bridge.outbox.handlers.finish_production import finish_production
from odoo_bridge.outbox.handlers.make_payment_link import make_payment_link
from odoo_bridge.outbox.handlers.merge_deliveries import merge_deliveries
from odoo_bridge.outbox.handlers.pickup import complete_pickup, plan_pickup
from odoo_bridge.outbox.handlers.place_order import QUOTATION
from odoo_bridge.outbox.handlers.place_purchase import (
    PURCHASE,
    add_purchase_line,
    remove_purchase_line,
)
from odoo_bridge.outbox.handlers.plan_delivery import plan_delivery
from odoo_bridge.outbox.handlers.plan_production import plan_production
from odoo_bridge.outbox.handlers.plan_run import plan_run
from odoo_bridge.outbox.handlers.receive_purchase import receive_purchase
from odoo_bridge.outbox.handlers.record_customer import NEW_CUSTOMER
from odoo_bridge.outbox.handlers.record_lead import LEAD
from odoo_bridge.outbox.handlers.refuse_delivery import refuse_delivery
from odoo_bridge.outbox.handlers.set_delivery_line import set_delivery_line
from odoo_bridge.outbox.handlers.settle_order import cancel_order, confirm_order
from odoo_bridge.outbox.handlers.settle_purchase import cancel_purchase, confirm_purchase
from odoo_bridge.outbox.handlers.split_delivery import split_delivery
from odoo_bridge.outbox.handlers.start_production import start_production
from odoo_bridge.outbox.outcome import Acknowledgement
from odoo_bridge.outbox.sending import Sending

Handler = Callable[[Any, Sending], Acknowledgement]

CREATIONS: dict[str, Creation[Any]] = {
    RecordLead.name(): LEAD,
    RecordCustomer.name(): NEW_CUSTOMER,
    PlaceOrder.name(): QUOTATION,
    PlacePurchase.name(): PURCHASE,
}

CHANGES: dict[str, Changing[Any]] = {
    ChangeCustomer.name(): CUSTOMER,
    ChangeLead.name(): LEAD_DATA,
    ChangeOrder.name(): ORDER_DATA,
    ChangePurchase.name(): PURCHASE_DATA,
    ChangePurchaseLine.name(): PURCHASE_LINE,
}

HANDLERS: dict[str, Handler] = {
    **{name: creation.create for name, creation in CREATIONS.items()},
    **{name: changing.change for name, changing in CHANGES.items()},
    ConvertLead.name(): convert_lead,
    CloseLead.name(): close_lead,
    PlanRun.name(): plan_run,
    PlanDelivery.name(): plan_delivery,
    CompleteDelivery.name(): complete_delivery,
    RefuseDelivery.name(): refuse_delivery,
    SplitDelivery.name(): split_delivery,
    MergeDeliveries.name(): merge_deliveries,
    PlanPickup.name(): plan_pickup,
    CompletePickup.name(): complete_pickup,
    CollectPayment.name(): collect_payment,
    MakePaymentLink.name(): make_payment_link,
    ConfirmOrder.name(): confirm_order,
    CancelOrder.name(): cancel_order,
    SetDeliveryLine.name(): set_delivery_line,
    AddPurchaseLine.name(): add_purchase_line,
    RemovePurchaseLine.name(): remove_purchase_line,
    ConfirmPurchase.name(): confirm_purchase,
    ReceivePurchase.name(): receive_purchase,
    CancelPurchase.name(): cancel_purchase,
    BlockNumber.name(): block_number,
    UnblockNumber.name(): unblock_number,
    AddNote.name(): add_note,
    AttachFile.name(): attach_file,
    PlanProduction.name(): plan_production,
    StartProduction.name(): start_production,
    FinishProduction.name(): finish_production,
}
