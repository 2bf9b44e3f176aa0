"""Processes of our own: each in a group of its own, known by id and start time, ended by that."""

import atexit
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.local.paths import LOGS, RUN

STOP_TIMEOUT = 20.0

# A child of this process is a zombie until somebody asks for its exit code.
_popen: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Stat:
    """What the kernel says about one process."""

    state: str
    group: int
    session: int
    started: int


@dataclass(frozen=True)
class Child:
    """A process that we started. Its id alone could be another process's by now."""

    pid: int
    started: int

    @property
    def alive(self) -> bool:
        """True while this very process runs; a zombie does not."""
        if self.pid in _popen:
            _popen[self.pid].poll()
        stat = read_stat(self.pid)
        return stat is not None and stat.started == self.started and stat.state not in "ZX"


def read_stat(pid: int) -> Stat | None:
    """Return what /proc says about ``pid``, or None if there is no such process."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name, in brackets, may itself contain spaces and brackets.
    fields = text.rpartition(")")[2].split()
    return Stat(
        state=fields[0], group=int(fields[2]), session=int(fields[3]), started=int(fields[19])
    )


def child_from_pid(pid: int) -> Child | None:
    """Return the process that has ``pid`` now, or None."""
    stat = read_stat(pid)
    return Child(pid, stat.started) if stat else None


def pid_file(name: str, *, run: Path = RUN) -> Path:
    """Return where the id of the process ``name`` is kept."""
    return run / f"{name}.pid"


def remember(name: str, child: Child, *, run: Path = RUN) -> None:
    """Keep the id of a process, so that another process can stop it."""
    path = pid_file(name, run=run)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    unfinished.write_text(f"{child.pid} {child.started}")
    unfinished.replace(path)


def running(name: str, *, run: Path = RUN) -> Child | None:
    """Return the process started as ``name``, if it still runs."""
    try:
        pid, started = pid_file(name, run=run).read_text().split()
    except (FileNotFoundError, ValueError):
        return None
    child = Child(int(pid), int(started))
    return child if child.alive else None


def started(prefix: str, *, run: Path = RUN) -> list[str]:
    """Return the names that begin with ``prefix`` and are remembered as started."""
    return sorted(path.stem for path in run.glob(f"{prefix}*.pid"))


def log_of(name: str, *, logs: Path = LOGS) -> Path:
    """Return the file that the process ``name`` writes to."""
    return logs / f"{name}.log"


def start(
    name: str,
    argv: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    run: Path = RUN,
    logs: Path = LOGS,
) -> Child:
    """Start ``argv`` in a process group of its own, writing to its log file, and return at once."""
    log = log_of(name, logs=logs)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        popen = subprocess.Popen(  # the whole point is that it outlives this call
            [str(part) for part in argv],
            cwd=cwd,
            env=None if env is None else dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _popen[popen.pid] = popen
    stat = read_stat(popen.pid)
    child = Child(popen.pid, stat.started if stat else 0)
    remember(name, child, run=run)
    return child


def stop(
    name: str,
    *,
    polite: signal.Signals = signal.SIGTERM,
    timeout: float = STOP_TIMEOUT,
    run: Path = RUN,
) -> bool:
    """End what was started as ``name``, with its whole group. False if it did not run."""
    child = running(name, run=run)
    if child is not None:
        end(child, polite=polite, timeout=timeout)
    pid_file(name, run=run).unlink(missing_ok=True)
    return child is not None


def end(
    child: Child, *, polite: signal.Signals = signal.SIGTERM, timeout: float = STOP_TIMEOUT
) -> None:
    """Ask the group of ``child`` to end, and after ``timeout`` seconds end it."""
    if not child.alive:
        return
    _signal_group(child.pid, polite)
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline and child.alive:
        time.sleep(0.02)
    # Also when the leader has gone: the kernel gives its id to nobody while its group has members.
    if child.alive or group_members(child.pid):
        _signal_group(child.pid, signal.SIGKILL)
    while child.alive:
        time.sleep(0.02)
    _popen.pop(child.pid, None)


@atexit.register
def _let_go() -> None:
    """Wait for nobody any more: at our end Python would warn of each that is meant to run on."""
    for popen in _popen.values():
        popen.returncode = popen.poll() or 0


def group_members(group: int) -> list[int]:
    """Return the ids of the living processes of a group that leads its own session."""
    members = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        stat = read_stat(int(entry.name))
        if stat and stat.group == stat.session == group and stat.state not in "ZX":
            members.append(int(entry.name))
    return members


def _signal_group(group: int, number: signal.Signals) -> None:
    if read_stat(group) is None and not group_members(group):
        return
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


def last_lines(name: str, *, count: int = 5, logs: Path = LOGS) -> str:
    """Return the end of a process's log, for the message that says it failed."""
    try:
        lines = log_of(name, logs=logs).read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return "\n".join(lines[-count:])
