"""The tables of scheduling."""

from scheduling.models.board import BoardStep, PoolView
from scheduling.models.fleet import DriverProfile, Truck
from scheduling.models.job import Job
from scheduling.models.place import Place, PlacePhoto
from scheduling.models.quote import Quote
from scheduling.models.rates import (
    DeliveryRates,
    DeliveryZone,
    DistanceBand,
    MaterialCharge,
    TruckClass,
)
from scheduling.models.road import RoadDistance
from scheduling.models.run import Run, Stop

__all__ = [
    "BoardStep",
    "DeliveryRates",
    "DeliveryZone",
    "DistanceBand",
    "DriverProfile",
    "Job",
    "MaterialCharge",
    "Place",
    "PlacePhoto",
    "PoolView",
    "Quote",
    "RoadDistance",
    "Run",
    "Stop",
    "Truck",
    "TruckClass",
]
