"""The bridge's refusals."""

from portal.core.errors import UserFacingError


class WritesNotHeld(UserFacingError):
    """Somebody was faster: what is promised to Odoo is sent again."""


class NotAllChosen(UserFacingError):
    """A conflict was left open, or came up since the page was shown."""


class EntryMovedOn(UserFacingError):
    """Somebody, or a worker, was faster: the entry is no longer where it was."""
