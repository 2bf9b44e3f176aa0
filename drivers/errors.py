"""The refusals of the driver's day, in the driver's words."""

from portal.core.errors import UserFacingError


class TapReused(UserFacingError):
    """The tap's id was sent before, for something else."""


class NobodyToCharge(UserFacingError):
    """Odoo has not said yet who pays the order, or in which currency."""


class NotDeliveredYet(UserFacingError):
    """Money is recorded once the goods are with the customer."""


class TooMuchMoney(UserFacingError):
    """More than the customer owes."""
