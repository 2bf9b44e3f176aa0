"""The tables of scheduling."""

from scheduling.models.fleet import DriverProfile, Truck
from scheduling.models.job import Job
from scheduling.models.place import Place, PlacePhoto
from scheduling.models.road import RoadDistance
from scheduling.models.run import Run, Stop

__all__ = ["DriverProfile", "Job", "Place", "PlacePhoto", "RoadDistance", "Run", "Stop", "Truck"]
