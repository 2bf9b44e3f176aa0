"""Stock transfers: what leaves the yard, and what is in it."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

from odoo_bridge.models.mirror import (
    Mirror,
    Reference,
    odoo_id_field,
    quantity_field,
    text_field,
)
from odoo_bridge.models.organisation import Company
from odoo_bridge.models.partner import Partner
from odoo_bridge.models.product import Product
from odoo_bridge.models.sale_order import SaleOrder, SaleOrderLine


class Picking(Mirror):
    """A transfer. ``move_ids`` are the Odoo ids of the moves that it has now.

    ``part_of`` is the one that it was split off. ``joins`` is ours: the one that it was promised to
    become a part of again, until Odoo has done that.
    """

    OURS: ClassVar[frozenset[str]] = frozenset({"joins"})
    OUTGOING = "outgoing"
    INCOMING = "incoming"
    OPEN_STATES = ("confirmed", "waiting", "assigned")

    name = text_field(64)
    state = text_field(16)
    kind = text_field(16)
    order = Reference(SaleOrder, related_name="pickings")
    order_odoo_id = odoo_id_field()
    destination = Reference(Partner)
    destination_odoo_id = odoo_id_field()
    scheduled_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    batch_odoo_id = models.PositiveBigIntegerField(null=True)
    move_ids = ArrayField(models.BigIntegerField(), default=list)
    company = Reference(Company)
    company_odoo_id = odoo_id_field()
    part_of = Reference("self", related_name="parts")
    part_of_odoo_id = odoo_id_field()
    joins = Reference("self", related_name="joining")

    def __str__(self) -> str:
        return self.name

    @property
    def in_commands(self) -> dict[str, Any]:
        """How a command names it: by our uuid as long as Odoo is still to split it off.

        :raises LookupError: Odoo does not know it, and is not going to.
        """
        if self.odoo_id is None and self.part_of_id is not None and self.deleted_at is None:
            return {"picking_uuid": self.uuid}
        return {"picking_odoo_id": self.known_odoo_id}


class Move(Mirror):
    """One product of a transfer: how much is asked for, and how much is done or reserved.

    ``comes_from`` is the kind of location that it is taken from: a customer's for a return.

    Two columns are ours, while a split or a merger that was promised is on its way: ``stays`` is
    what is left of it here, and ``stands_for_odoo_id`` the move of another transfer that comes.
    """

    OURS: ClassVar[frozenset[str]] = frozenset({"stays", "stands_for_odoo_id"})
    CUSTOMER = "customer"

    picking = Reference(Picking, related_name="moves")
    picking_odoo_id = odoo_id_field()
    product = Reference(Product)
    product_odoo_id = odoo_id_field()
    order_line = Reference(SaleOrderLine)
    order_line_odoo_id = odoo_id_field()
    demand = quantity_field()
    quantity = quantity_field()
    state = text_field(24)
    comes_from = models.CharField(max_length=16, blank=True, default="", db_default="")
    stays = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    stands_for_odoo_id = odoo_id_field()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(stays__isnull=True) | Q(stays__gte=0),
                name="of_a_move_stays_no_less_than_nothing",
            )
        ]
        indexes = [models.Index(fields=["seen_at"], name="moves_by_last_change")]
