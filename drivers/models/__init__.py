"""The tables of the driver's day."""

from drivers.models.collection import Collection
from drivers.models.stop_action import StopAction

__all__ = ["Collection", "StopAction"]
