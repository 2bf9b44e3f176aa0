"""The tables of scheduling."""

from scheduling.models.board import BoardStep, PoolView
from scheduling.models.fetched import FetchedPurchase
from scheduling.models.fleet import DriverProfile, Truck, TruckService
from scheduling.models.hours import Closure, DriverAbsence, OpeningHours, Shift
from scheduling.models.job import Job
from scheduling.models.loads import (
    Compartment,
    GroupClash,
    LoadGroup,
    Material,
    ProductMaterial,
    TruckLimit,
)
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
    "Closure",
    "Compartment",
    "DeliveryRates",
    "DeliveryZone",
    "DistanceBand",
    "DriverAbsence",
    "DriverProfile",
    "FetchedPurchase",
    "GroupClash",
    "Job",
    "LoadGroup",
    "Material",
    "MaterialCharge",
    "OpeningHours",
    "Place",
    "PlacePhoto",
    "PoolView",
    "ProductMaterial",
    "Quote",
    "RoadDistance",
    "Run",
    "Shift",
    "Stop",
    "Truck",
    "TruckClass",
    "TruckLimit",
    "TruckService",
]
