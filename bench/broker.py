"""A Valkey of the bench's own, which may be killed and may lose all that it knows."""

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.local import processes, valkey
from portal.local.ports import HOST, free_port


@dataclass(frozen=True)
class Broker:
    """It keeps its data, its id and its log below ``folder``."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Its address, as the portal's settings have it."""
        return f"redis://{HOST}:{self.port}/0"

    def start(self) -> None:
        """Start it, and return once it answers."""
        valkey.start(self.port, folder=self.folder / "data", run=self.folder, logs=self.folder)
        valkey.wait_until_loaded(self.port, run=self.folder)

    def kill(self) -> None:
        """End it as a crash would, and throw its data away."""
        child = processes.running(valkey.NAME, run=self.folder)
        assert child, "Valkey does not run"
        os.kill(child.pid, signal.SIGKILL)
        processes.end(child)
        shutil.rmtree(self.folder / "data")


@contextlib.contextmanager
def own_broker() -> Iterator[Broker]:
    """Run one while the block does."""
    with tempfile.TemporaryDirectory() as folder:
        broker = Broker(Path(folder), free_port())
        try:
            broker.start()
            yield broker
        finally:
            processes.stop(valkey.NAME, run=broker.folder)
