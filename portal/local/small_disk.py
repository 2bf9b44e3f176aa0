"""A small disk for databases, which can be filled: a tmpfs, which only root can mount."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.local import postgres, unprivileged
from portal.local.paths import STATE

PLACE = STATE / "small-disk"
MEBIBYTE = bytes(1024 * 1024)


@dataclass(frozen=True)
class SmallDisk:
    """A file system of a fixed size, and the PostgreSQL tablespace on it."""

    place: Path
    tablespace: str

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        """Leave no byte free while the block runs."""
        ballast = self.place / "ballast"
        try:
            with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
                while True:
                    file.write(MEBIBYTE)
            yield
        finally:
            ballast.unlink()


@contextlib.contextmanager
def small_disk(*, mebibytes: int) -> Iterator[SmallDisk | None]:
    """Mount it while the block runs; ``None`` for who is not root. Its databases must be gone."""
    if os.geteuid() != 0:
        yield None
        return
    PLACE.mkdir(parents=True, exist_ok=True)
    if PLACE.is_mount():  # somebody was killed
        subprocess.run(["umount", PLACE], check=True)
    size = f"size={mebibytes}m,mode=0755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", PLACE], check=True)
    try:
        data = PLACE / "data"
        data.mkdir(mode=0o700)
        unprivileged.hand_over(data)
        with postgres.tablespace(f"small_{os.getpid()}", data) as name:
            yield SmallDisk(PLACE, name)
    finally:
        subprocess.run(["umount", PLACE], check=True)
