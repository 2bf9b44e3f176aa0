"""The intake's refusals and failures."""

from portal.core.errors import UserFacingError


class NotANumber(UserFacingError):
    """A text cannot be sent to something that is no telephone number."""


class DeliveryWaits(UserFacingError):
    """A delivery cannot be replayed that was not read yet."""


class NotUnderstood(Exception):
    """A delivery with a good signature whose body we cannot read; it is kept and shown."""


class MediaNotThere(Exception):
    """A file cannot be fetched now; the text says why, without its address."""


class MediaGone(Exception):
    """A file will never be fetched; the text says why, without its address."""
