"""The refusals of scheduling, in the dispatcher's words."""

from typing import Any

from portal.core.errors import UserFacingError


class JobMoved(UserFacingError):
    """Somebody else has put the job elsewhere since the page was made."""


class JobClosed(UserFacingError):
    """The delivery is done, or was cancelled in Odoo."""


class StopGone(UserFacingError):
    """The stop is on no run any more, or on another driver's."""


class TruckBusy(UserFacingError):
    """The truck is on another run at that time, or not in use."""


class TripStays(UserFacingError):
    """The trip has stops, is not the last one, or is known in Odoo."""


class PlanLocked(UserFacingError):
    """Somebody has locked the run or the stop: it stays as it is planned."""


class NothingToTakeBack(UserFacingError):
    """Nothing that this person moved lately can be taken back, or done again."""


class NothingToKeep(UserFacingError):
    """Nothing is searched or filtered, or as many views are kept as fit."""


class WindowChanged(UserFacingError):
    """Somebody else has said when it is taken since the page was made."""


class NotTold(UserFacingError):
    """The customer has no number that gets texts, or the gate refuses the text."""


class DriverBusy(UserFacingError):
    """The driver is on another run at that time, or not in use."""


class PurchaseClosed(UserFacingError):
    """The purchase is confirmed, received or cancelled by now."""


class PurchaseChanged(UserFacingError):
    """Somebody else has changed the same of the purchase since the page was made."""


class NothingOrdered(UserFacingError):
    """A purchase orders something, and a receipt brings something."""


class SentBefore(UserFacingError):
    """The page has made a purchase already, and says something else now."""


class NotForSale(UserFacingError):
    """Nobody knows what the vendor asks for it, or Odoo does not know it yet."""


class NoAnswer(Exception):
    """A service that knows places does not answer: it may do later."""


class Refused(NoAnswer):
    """It answered that it does not: ``told`` is why, in JSON, or nothing, and never logged."""

    def __init__(self, words: str, told: Any) -> None:
        super().__init__(words)
        self.told = told


class PlaceChanged(UserFacingError):
    """Somebody else has changed the place since the page was made."""


class TooManyPictures(UserFacingError):
    """A place has as many pictures as anybody looks at."""


class TooFar(UserFacingError):
    """Nobody delivers there."""


class NoSuchTruck(UserFacingError):
    """There is no class of trucks of this name."""


class ListedAlready(UserFacingError):
    """The list has this already."""


class StillUsed(UserFacingError):
    """Something else refers to what is to be removed."""


class TooManyCompartments(UserFacingError):
    """A truck has as many compartments as can be tried out."""


class YardUnknown(UserFacingError):
    """Nobody has said where deliveries begin."""


class BeingLookedFor(UserFacingError):
    """The address is being looked for: the same question has an answer in some seconds."""


class PlaceUnknown(UserFacingError):
    """Nobody knows where the address is, or nobody has answered yet."""


class NoHolidaysKnown(UserFacingError):
    """Nobody here knows the public holidays of the business's country."""


class ProductionClosed(UserFacingError):
    """What shall be made is done or cancelled by now, or has begun already."""


class ProductionChanged(UserFacingError):
    """Somebody else has changed the production since the page was made."""


class NothingMade(UserFacingError):
    """The end of a production says how much was made."""


class EndsTooEarly(UserFacingError):
    """A production ends after its start."""


class NotSplit(UserFacingError):
    """The load cannot be split in this way, or merged."""


class NothingMarked(UserFacingError):
    """A dialog about marked jobs was asked for, and none is marked."""


class NotWritten(UserFacingError):
    """A price cannot be written to this order."""
