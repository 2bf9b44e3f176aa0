"""Why an Odoo cannot be used, said to the person who can change that."""

from portal.core.errors import UserFacingError


class NotProvisioned(UserFacingError):
    """What is missing, and who must do what. What was done before stands: run it again after."""
