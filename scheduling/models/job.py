"""A piece of work that can be put on somebody's day."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils import timezone

from crm_intake.models import OutgoingText
from odoo_bridge.models import OutboxEntry, Partner, Picking, PurchaseOrder, SaleOrder
from scheduling.models.place import Place

NOT_READ = "not read"


class Job(models.Model):
    """A delivery: an outgoing transfer of a confirmed order; or a pickup: a transfer that is
    fetched, of a ``purchase`` or what a customer returns. A pickup has no ``order`` to bring.

    ``moves`` is what a dispatcher's page has seen: a move that starts from another number is
    refused, because somebody else was faster.
    """

    class Kind(models.TextChoices):
        """Which way the goods go."""

        DELIVERY = "DELIVERY", "Delivery"
        PICKUP = "PICKUP", "Pick up"

    class State(models.TextChoices):
        """Where the job stands."""

        TO_SCHEDULE = "TO_SCHEDULE", "To schedule"
        SCHEDULED = "SCHEDULED", "Scheduled"
        DONE = "DONE", "Done"
        CANCELLED = "CANCELLED", "Cancelled"

    OPEN_STATES = (State.TO_SCHEDULE, State.SCHEDULED)
    OF_A_NAME = ("order__customer__parent", "picking__destination__parent", "purchase")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.TO_SCHEDULE)
    kind = models.CharField(
        max_length=8, choices=Kind.choices, default=Kind.DELIVERY, db_default=Kind.DELIVERY.value
    )
    picking = models.OneToOneField(Picking, models.PROTECT, related_name="job")
    order = models.ForeignKey(SaleOrder, models.PROTECT, null=True, related_name="jobs")
    purchase = models.ForeignKey(PurchaseOrder, models.PROTECT, null=True, related_name="jobs")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="jobs")
    address_hash = models.CharField(
        max_length=64,
        default=NOT_READ,
        db_default=NOT_READ,
        help_text="Of the address in Odoo whose place it is.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    moves = models.PositiveIntegerField(
        default=0, db_default=0, help_text="How often it was put elsewhere."
    )
    moved_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(
        null=True, help_text="What the customer was promised, whatever is planned."
    )
    window_from = models.DateTimeField(null=True, help_text="It is not taken earlier.")
    window_until = models.DateTimeField(null=True, help_text="It is not taken later.")
    notice = models.ForeignKey(
        OutgoingText, models.SET_NULL, null=True, related_name="+", help_text="The last one."
    )
    told_day = models.DateField(null=True, help_text="The day that the customer was told last.")
    evening_day = models.DateField(
        null=True, help_text="The day of which the customer was told the evening before."
    )
    confirmed_day = models.DateField(
        null=True, help_text="The day that the customer has said yes to."
    )
    call_off = models.ForeignKey(
        OutboxEntry,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The promise to Odoo that it never goes: nobody took it.",
    )
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(state__in=["TO_SCHEDULE", "SCHEDULED", "DONE", "CANCELLED"]),
                name="job_state_is_one_of_ours",
            ),
            CheckConstraint(
                condition=Q(kind="DELIVERY", order__isnull=False, purchase__isnull=True)
                | Q(kind="PICKUP", order__isnull=True),
                name="a_delivery_has_an_order",
            ),
            CheckConstraint(
                condition=Q(moves=0, moved_at__isnull=True)
                | Q(moves__gt=0, moved_at__isnull=False),
                name="a_move_of_a_job_has_a_time",
            ),
            CheckConstraint(
                condition=Q(window_from__isnull=True, window_until__isnull=True)
                | Q(window_until__gt=F("window_from")),
                name="a_window_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="jobs_by_state")]

    def __str__(self) -> str:
        return f"job {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in self.OPEN_STATES

    @property
    def is_pickup(self) -> bool:
        """Whether something is fetched."""
        return self.kind == self.Kind.PICKUP

    def window_on(self, day: dt.date) -> tuple[dt.datetime, dt.datetime] | None:
        """Return from when until when it is taken, if that is of this day."""
        begins, over = self.window_from, self.window_until
        if begins is None or over is None or timezone.localdate(begins) != day:
            return None
        return begins, over

    @property
    def name(self) -> str:
        """What people call it; ``OF_A_NAME`` is what this and ``customer`` look at."""
        if self.order:
            return self.order.name
        return self.purchase.name if self.purchase else self.picking.name

    @property
    def customer(self) -> Partner | None:
        """Who gets it, or has it; ``None`` when nobody knows."""
        customer: Partner | None = self.order.customer if self.order else self.picking.destination
        return customer
