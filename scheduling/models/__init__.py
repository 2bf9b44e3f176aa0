"""The tables of scheduling."""

from scheduling.models.job import Job

__all__ = ["Job"]
