"""The bridge's refusals."""

from portal.core.errors import UserFacingError


class WritesNotHeld(UserFacingError):
    """Somebody was faster: what is promised to Odoo is sent again."""


class NotAllChosen(UserFacingError):
    """A conflict was left open, or came up since the page was shown."""


class EntryMovedOn(UserFacingError):
    """Somebody, or a worker, was faster: the entry is no longer where it was."""


class StreamMovedOn(UserFacingError):
    """Somebody was faster: the stream is paused already, or goes on already."""


class ChangedMeanwhile(UserFacingError):
    """Somebody has edited the entry since the form was shown."""


class NothingToEdit(UserFacingError):
    """The command has nothing that a person may edit on the desk."""
