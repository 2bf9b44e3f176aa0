"""Delivery tickets as they are read: with the signature and the money, which come later."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from drivers.models import Collection, DeliveryTicket, ProofOfDelivery, StopAction
from drivers.selectors.payments import payments_at
from drivers.selectors.tracking import COUNTS, open_trackings
from odoo_bridge.selectors.money import amounts_to_collect
from portal.accounts.models import Role, User
from portal.setup.models import BusinessLogo
from scheduling.models import Job


@dataclass(frozen=True)
class Open:
    """What is still to be paid of the ``whole`` order, and of what was ``handed`` over of it.

    ``handed`` is ``None`` where nobody knows what the rest costs, or some of that was paid since.
    """

    whole: Decimal
    handed: Decimal | None
    in_part: bool


@dataclass(frozen=True)
class Paper:
    """A ticket with what came after it.

    ``logo`` is the business's at that time, while it still is. ``signature`` is left out of what
    whoever has a link gets to see; who signed is not.
    """

    ticket: DeliveryTicket
    signature: ProofOfDelivery | None
    payments: Sequence[Collection]
    logo: bytes | None

    @property
    def signer(self) -> str:
        """Who has signed, in the words of the driver; empty when nobody has."""
        return self.signature.action.details.get("signer", "") if self.signature else ""

    @property
    def open(self) -> Open | None:
        """What is still to be paid; ``None``: nothing was collected."""
        return left_open(self.ticket.job, self.ticket, self.payments)

    def pictures(self, *, signed: bool) -> dict[str, bytes]:
        """Return the pictures by the names that the page gives them."""
        found = {"logo": self.logo} if self.logo else {}
        if signed and self.signature:
            with self.signature.file.open("rb") as content:
                found["signature"] = content.read()
        return found


def paper_of(ticket: DeliveryTicket) -> Paper:
    """Return the ticket as it is read now."""
    logo = BusinessLogo.objects.filter(sha256=ticket.said["business"]["logo"]).first()
    return Paper(
        ticket=ticket,
        signature=_signature(ticket),
        payments=list(payments_at(ticket.job)),
        logo=bytes(logo.png) if logo else None,
    )


def tickets_seen_by(user: User) -> QuerySet[DeliveryTicket]:
    """Return all tickets; to a driver, those of their own deliveries."""
    tickets = DeliveryTicket.objects.select_related("job__stop", "action")
    return tickets.filter(action__by=user) if user.role == Role.DRIVER else tickets


def ticket_of(token: str) -> DeliveryTicket | None:
    """Return the ticket of a delivery, by its link; ``None``: nothing was handed over yet."""
    tracking = open_trackings().filter(token=token)
    tickets = DeliveryTicket.objects.select_related("job__stop", "action")
    return tickets.filter(job__in=tracking.values("job")).first()


def _signature(ticket: DeliveryTicket) -> ProofOfDelivery | None:
    """Return the last signature that counts, of the run on which it was delivered."""
    signed = ProofOfDelivery.objects.filter(COUNTS, action__what=StopAction.What.SIGNED)
    of_run = signed.filter(action__job=ticket.job_id, action__run=ticket.action.run_id)
    return of_run.select_related("action").order_by("-pk").first()


@dataclass(frozen=True)
class DayOfTickets:
    """A day's tickets, the newest first, and how many of them lack something."""

    day: dt.date
    tickets: Sequence[DeliveryTicket]

    @property
    def lacking(self) -> int:
        """How many do not say all that the rules want."""
        return sum(bool(one.said["missing"]) for one in self.tickets)


def tickets_on(day: dt.date) -> DayOfTickets:
    """Return the tickets of a day of the business; one query."""
    return DayOfTickets(day, list(DeliveryTicket.objects.filter(delivered_on=day).order_by("-pk")))


@dataclass(frozen=True)
class Receipt:
    """What was paid for a job, and what was left ``open`` after the last payment."""

    job: Job
    payments: Sequence[Collection]

    @property
    def open(self) -> Open | None:
        """What is still to be paid."""
        ticket = DeliveryTicket.objects.filter(job=self.job).first()
        return left_open(self.job, ticket, self.payments)


def receipt_of(token: str) -> Receipt | None:
    """Return what was paid, by the link of the job; ``None``: nothing was."""
    ways = [f"job__{name}" for name in Job.OF_A_NAME]
    found = open_trackings().select_related(*ways).filter(token=token).first()
    if found is None:
        return None
    payments = list(payments_at(found.job))
    return Receipt(found.job, payments) if payments else None


def left_open(
    job: Job, ticket: DeliveryTicket | None, payments: Sequence[Collection]
) -> Open | None:
    """Return what is to be paid for the job's order now; ``None``: nothing was collected."""
    order = job.order_id
    if not payments or not order:
        return None
    whole = amounts_to_collect([order])[order]
    rest = (ticket.said.get("rest") if ticket else None) or []
    prices = [Decimal(one["price"]) for one in rest if one["price"]]
    is_known = len(prices) == len(rest) and sum(prices) <= whole
    return Open(whole, whole - sum(prices) if is_known else None, in_part=bool(rest))


def logo_now() -> bytes | None:
    """Return the business's logo as PNG."""
    logo = BusinessLogo.objects.first()
    return bytes(logo.png) if logo else None
