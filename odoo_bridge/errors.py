"""The bridge's refusals."""

from portal.core.errors import UserFacingError


class EntryMovedOn(UserFacingError):
    """Somebody, or a worker, was faster: the entry is no longer where it was."""
