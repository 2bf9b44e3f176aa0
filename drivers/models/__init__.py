"""The tables of the driver's day."""

from drivers.models.card_link import CardLink
from drivers.models.collection import Collection
from drivers.models.decision import Decision
from drivers.models.deposit import Deposit
from drivers.models.drive import Drive
from drivers.models.hand_in import HandIn
from drivers.models.position import Position
from drivers.models.proof import ProofOfDelivery
from drivers.models.requirement import Requirement
from drivers.models.rules import DriverRules
from drivers.models.stop_action import StopAction
from drivers.models.ticket import DeliveryTicket, TicketCount
from drivers.models.tracking import Tracking, WayText
from drivers.models.variance import Variance

__all__ = [
    "CardLink",
    "Collection",
    "Decision",
    "DeliveryTicket",
    "Deposit",
    "Drive",
    "DriverRules",
    "HandIn",
    "Position",
    "ProofOfDelivery",
    "Requirement",
    "StopAction",
    "TicketCount",
    "Tracking",
    "Variance",
    "WayText",
]
