"""What goes wrong with the portal's own database: nobody let in, a full disk, an old backup."""

import contextlib
import time
from collections.abc import Callable
from random import Random

from django.db import OperationalError, connections

from portal.local import postgres
from portal.local.small_disk import SmallDisk


class WithDatabase:
    """Its sessions and its backup. Our own are closed before: we are no part of the trouble."""

    def __init__(self, rng: Random, name: str, disk: SmallDisk | None) -> None:
        self.rng, self.name, self.disk = rng, name, disk
        self.backup = f"{name}_backup"
        self.has_backup = False

    def cut(self) -> str:
        """End all sessions, in whatever they are doing."""
        connections.close_all()
        postgres.end_connections(self.name)
        return "PostgreSQL ends all sessions"

    def close_for_a_while(self) -> str:
        """End all sessions, and refuse new ones for a while."""
        connections.close_all()
        seconds = self.rng.uniform(0.2, 2)
        with postgres.closed(self.name):
            time.sleep(seconds)
        return f"PostgreSQL away for {seconds:.1f} s"

    def fill_the_disk(self, meanwhile: Callable[[], object]) -> str:
        """Leave its tables no byte to grow by, for a while in which ``meanwhile`` is tried."""
        if self.disk is None:
            return "the disk is not filled: only root can have a small one"
        with self.disk.full():
            with contextlib.suppress(OperationalError):
                meanwhile()
            time.sleep(self.rng.uniform(0.5, 2))
        return "the disk was full"

    def back_up(self) -> None:
        """Keep the database as it is now."""
        connections.close_all()
        self.forget()
        with postgres.closed(self.name):
            postgres.create_database(self.backup, template=self.name)
        self.has_backup = True

    def restore(self) -> None:
        """Put the backup in the place of the database, once."""
        connections.close_all()
        postgres.drop_database(self.name)
        postgres.create_database(self.name, template=self.backup)
        self.forget()

    def forget(self) -> None:
        """Drop the backup."""
        postgres.drop_database(self.backup)
        self.has_backup = False
