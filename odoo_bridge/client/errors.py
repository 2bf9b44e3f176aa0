"""What can go wrong between us and Odoo; the type says how often to try again and who must act."""

import math
from enum import StrEnum
from typing import ClassVar

LONGEST_REASON = 2000
TRACEBACK = "Traceback (most recent call last)"


class WhoActs(StrEnum):
    """The person without whom an error of this kind does not go away."""

    NOBODY = "nobody"
    OFFICE = "office"
    ADMINISTRATOR = "administrator"
    DEVELOPER = "developer"


class OdooError(Exception):
    """No answer from Odoo that we can use.

    ``reason`` is for people: Odoo's own sentence, or ours. ``cause`` is for machines: the name of
    Odoo's exception, or of what happened on the wire. ``call`` is "sale.order.action_confirm";
    ``status`` is the HTTP status, if there was one.

    ``str()`` leaves the reason out, because Odoo likes to quote the values it was sent, and logs
    are no place for a customer's address. All four are positional so that the error survives
    pickling between worker processes.
    """

    max_attempts: ClassVar[float]
    who_acts: ClassVar[WhoActs]

    def __init__(
        self, reason: str, call: str = "", cause: str = "", status: int | None = None
    ) -> None:
        self.reason = readable(reason)
        self.call = call
        self.cause = cause
        self.status = status
        super().__init__(self.reason, call, cause, status)

    def __str__(self) -> str:
        status = f"HTTP {self.status}" if self.status else ""
        detail = ", ".join(part for part in (self.cause, status) if part)
        return f"{self.call or 'Odoo'} ({detail or type(self).__name__})"

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self}>"


class OdooUnavailable(OdooError):
    """Down, slow or unreachable. Not the message's fault: wait as long as it takes."""

    max_attempts = math.inf
    who_acts = WhoActs.NOBODY


class OdooUnauthorized(OdooUnavailable):
    """The API key was refused: hold everything until a person renews it."""

    who_acts = WhoActs.ADMINISTRATOR


class NotOurOdoo(OdooUnavailable):
    """It answers, but another Odoo, or a copy: hold everything until a person corrects that."""

    REASON: ClassVar[str] = (
        "This is not the Odoo that the portal was provisioned with: nothing is sent."
    )
    who_acts = WhoActs.ADMINISTRATOR


class OdooOverloaded(OdooError):
    """Odoo is well, but this transaction lost a race for a row and was rolled back: retry soon.

    Not an ``OdooUnavailable``: one locked row must neither stop the others nor open the breaker.
    """

    max_attempts = math.inf
    who_acts = WhoActs.NOBODY


class OdooRejected(OdooError):
    """Odoo understood the call and said no. The same call will fail again."""

    max_attempts = 1
    who_acts = WhoActs.OFFICE


class OdooForbidden(OdooRejected):
    """The portal's user in Odoo lacks a right, a company, or the method is private."""

    who_acts = WhoActs.ADMINISTRATOR


class OdooMissing(OdooRejected):
    """A record is gone: the one called on, or one that a value refers to (``reason`` names it).

    Only Odoo's own words say so, never a bare 404. Look at the target before believing it dead.
    """


class OdooUnsupported(OdooRejected):
    """This Odoo has no such model or method: a module is not installed, or is another version."""

    who_acts = WhoActs.ADMINISTRATOR


class OdooBroken(OdooError):
    """Odoo crashed on this call. It may pass, or this entry may be poison."""

    max_attempts = 8
    who_acts = WhoActs.DEVELOPER


class OutcomeUnknown(OdooError):
    """The request was sent and no usable answer came. Ask before sending again."""

    max_attempts = math.inf  # never re-sent blindly: verified
    who_acts = WhoActs.NOBODY


def readable(reason: str) -> str:
    """The part of ``reason`` that a person can read: no traceback, and no essay."""
    return reason.partition(TRACEBACK)[0].strip()[:LONGEST_REASON]
