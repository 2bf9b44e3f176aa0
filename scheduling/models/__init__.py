"""The tables of scheduling."""

from scheduling.models.fleet import DriverProfile, Truck
from scheduling.models.job import Job
from scheduling.models.run import Run, Stop

__all__ = ["DriverProfile", "Job", "Run", "Stop", "Truck"]
