"""The refusals of the driver's day, in the driver's words."""

from portal.core.errors import UserFacingError


class NotDeliveredYet(UserFacingError):
    """Money is recorded once the goods are with the customer."""


class TooMuchMoney(UserFacingError):
    """More than the customer owes."""
