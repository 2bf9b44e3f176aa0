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
    ChangeCustomer,
    CollectPayment,
    CompleteDelivery,
    PlanDelivery,
    PlanRun,
    RecordLead,
)
from odoo_bridge.outbox.changes import Changing
from odoo_bridge.outbox.handlers.change_customer import CUSTOMER
from odoo_bridge.outbox.handlers.collect_payment import collect_payment
from odoo_bridge.outbox.handlers.complete_delivery import complete_delivery
from odoo_bridge.outbox.handlers.creation import Creation
from odoo_bridge.outbox.handlers.plan_delivery import plan_delivery
from odoo_bridge.outbox.handlers.plan_run import plan_run
from odoo_bridge.outbox.handlers.record_lead import LEAD
from odoo_bridge.outbox.outcome import Acknowledgement
from odoo_bridge.outbox.sending import Sending

Handler = Callable[[Any, Sending], Acknowledgement]

CREATIONS: dict[str, Creation[Any]] = {RecordLead.name(): LEAD}

CHANGES: dict[str, Changing[Any]] = {ChangeCustomer.name(): CUSTOMER}

HANDLERS: dict[str, Handler] = {
    **{name: creation.create for name, creation in CREATIONS.items()},
    **{name: changing.change for name, changing in CHANGES.items()},
    PlanRun.name(): plan_run,
    PlanDelivery.name(): plan_delivery,
    CompleteDelivery.name(): complete_delivery,
    CollectPayment.name(): collect_payment,
}
