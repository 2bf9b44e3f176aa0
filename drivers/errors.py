"""The refusals of the driver's day, in the driver's words."""

from portal.core.errors import UserFacingError


class NotYours(UserFacingError):
    """The stop or the run is another driver's, or nobody gave it to this one."""


class NotUnderstood(UserFacingError):
    """What the phone says of an act is nothing that such an act can be."""


class LoadChanged(UserFacingError):
    """What the stop brings is not what the phone was told any more."""


class OddQuantity(UserFacingError):
    """More was handed over than was on the truck, less without a reason, or nothing at all."""


class NotDecided(UserFacingError):
    """Somebody has decided already, or nothing can follow from the act any more."""


class OtherFile(UserFacingError):
    """The bytes are not those that the act has named."""


class NotTexted(UserFacingError):
    """The customer cannot be sent what the driver has written."""


class NobodyToCharge(UserFacingError):
    """Odoo has not said yet who pays the order, or in which currency."""


class NotDeliveredYet(UserFacingError):
    """Money is recorded once the goods are with the customer."""


class DeliveryKept(UserFacingError):
    """The delivery waits for the office, and what was paid for it waits with it."""


class OddAmount(UserFacingError):
    """It is not what is due, and nobody says why."""


class PriceChanged(UserFacingError):
    """It was what was due when the phone last read its day, and is something else now."""


class OwnMoney(UserFacingError):
    """Somebody would count what they have collected themselves."""


class HandInChanged(UserFacingError):
    """What is counted or deposited is not what the page has shown any more."""


class OddCount(UserFacingError):
    """Something else is there than should be, and nobody says why; or nothing is there."""


class NotUnderWay(UserFacingError):
    """The run was not begun, or is over."""
