"""The refusals of scheduling, in the dispatcher's words."""

from portal.core.errors import UserFacingError


class JobMoved(UserFacingError):
    """Somebody else has put the job elsewhere since the page was made."""


class JobClosed(UserFacingError):
    """The delivery is done, or was cancelled in Odoo."""


class StopGone(UserFacingError):
    """The stop is on no run any more, or on another driver's."""


class TruckBusy(UserFacingError):
    """The truck is on another run at that time, or not in use."""


class DriverBusy(UserFacingError):
    """The driver is on another run at that time, or not in use."""
