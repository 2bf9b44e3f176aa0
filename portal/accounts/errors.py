"""The refusals of the accounts."""

from portal.core.errors import UserFacingError


class AddressTaken(UserFacingError):
    """Somebody has this e-mail address already."""


class EmployeeTaken(UserFacingError):
    """Somebody active stands for this Odoo employee already."""


class NumberTaken(UserFacingError):
    """Codes for somebody else go to this number already."""


class LastAdministrator(UserFacingError):
    """The change would leave nobody who can set the portal up."""
