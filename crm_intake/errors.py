"""The intake's refusals and failures."""

from portal.core.errors import UserFacingError


class NotANumber(UserFacingError):
    """A text cannot be sent to something that is no telephone number."""


class NumberIsTheirs(UserFacingError):
    """A number cannot be added to a person who has it."""


class DeliveryWaits(UserFacingError):
    """A delivery cannot be replayed that was not read yet."""


class TextMovedOn(UserFacingError):
    """Somebody was faster: the text is not in that state any more."""


class LeadEnded(UserFacingError):
    """Nothing can be done to a lead that is gone, won or lost."""


class RouteTaken(UserFacingError):
    """Leads of a number, or from a territory, are somebody's already."""


class TitleTaken(UserFacingError):
    """Another saved reply has this title."""


class TooManyTries(UserFacingError):
    """Too many numbers were signed up for texts within an hour."""


class TextRefused(Exception):
    """A provider said no to a text; ``code`` is its own, and no number is in the words."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The provider refused it ({code}).")
        self.code = code


class NotTakenNow(Exception):
    """A provider took nothing over, or does not say; it may in ``seconds``."""

    def __init__(self, why: str, *, seconds: float = 30) -> None:
        super().__init__(why)
        self.seconds = seconds


class AnswerLost(Exception):
    """A provider may have taken a text over, or not."""


class StoppedMeanwhile(Exception):
    """The reader said stop before the first byte went out."""


class NotUnderstood(Exception):
    """A delivery with a good signature whose body we cannot read; it is kept and shown."""


class MediaNotThere(Exception):
    """A file cannot be fetched now; the text says why, without its address."""


class MediaGone(Exception):
    """A file will never be fetched; the text says why, without its address."""


class NotImportable(UserFacingError):
    """A file cannot be imported; the words say what is wrong with it and what to do."""


class NotPosted(UserFacingError):
    """A row that was imported is not read again: its provider never posted it."""
