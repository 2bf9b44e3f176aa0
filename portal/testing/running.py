"""The portal as it runs: web server, worker and clock, on databases of its own."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from portal.local import processes
from portal.local.paths import ROOT
from portal.local.portal_processes import commands
from portal.local.ports import HOST, wait_for_url
from portal.testing import unmeasured


@dataclass
class RunningPortal:
    """The processes of one test or measurement, which ends them by their own ids."""

    folder: Path
    port: int
    env: dict[str, str]

    @property
    def url(self) -> str:
        """The address that people type."""
        return f"http://{HOST}:{self.port}"

    def start(self, *names: str) -> None:
        """Start these processes, or all of them."""
        (self.folder / "beat").mkdir(exist_ok=True)
        for name, argv in commands(port=self.port, state=self.folder).items():
            if not names or name in names:
                processes.start(
                    name,
                    argv,
                    cwd=ROOT,
                    env={**unmeasured.environment(), **self.env},
                    run=self.folder / "run",
                    logs=self.folder / "logs",
                )

    def wait_until_ready(self) -> None:
        """Return once pages can be served."""
        wait_for_url(f"{self.url}/health/ready")

    def pid(self, name: str) -> int:
        """Return the id of a process that runs."""
        child = processes.running(name, run=self.folder / "run")
        assert child, f"{name} does not run"
        return child.pid

    def kill(self, name: str) -> None:
        """End one process and its children as a crash would."""
        os.killpg(os.getpgid(self.pid(name)), signal.SIGKILL)

    def stop(self, *names: str) -> None:
        """End these processes, or all of them, politely."""
        for name in names or ("beat", "worker", "web"):
            processes.stop(name, run=self.folder / "run")

    def flush_broker(self) -> None:
        """Throw away all that waits in the broker."""
        with redis.Redis.from_url(self.env["REDIS_URL"]) as broker:
            broker.flushdb()

    def logs(self) -> str:
        """Return everything that the processes have written."""
        return "".join(file.read_text() for file in (self.folder / "logs").glob("*"))


def within(seconds, look):
    """Return what ``look`` finds, asked again until it finds something or time is up."""
    deadline = time.monotonic() + seconds
    while True:
        if found := look():
            return found
        assert time.monotonic() < deadline, f"nothing within {seconds} s"
        time.sleep(0.05)
