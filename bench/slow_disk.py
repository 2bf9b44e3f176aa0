"""A disk that takes 5 ms for a flush, and what pgbench reaches beside us."""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from portal.local.cluster import binary
from portal.local.postgres import CLUSTER

FLUSH = 5000  # microseconds
SETTINGS = {"commit_delay": FLUSH, "commit_siblings": 0}
# Of the same shape, with the same indexes; the id is new for each client and each time.
SCRIPT = """
insert into crm_intake_webhookdelivery
  (provider, delivery_id, body, about, late, received_at, state, kind, attempts, trouble)
values ('pgbench', gen_random_uuid()::text, convert_to(repeat('x', {length}), 'UTF8'), '', false,
        now(), 'NEW', '', 0, '');
"""


@contextmanager
def slow_flushes() -> Iterator[None]:
    """Have each commit wait before its flush, for as long as a disk without a cache would."""
    with psycopg.connect(CLUSTER.url("postgres"), autocommit=True) as session:
        try:
            for name, value in SETTINGS.items():
                session.execute(f"alter system set {name} = {value}")
            session.execute("select pg_reload_conf()")
            yield
        finally:
            for name in SETTINGS:
                session.execute(f"alter system reset {name}")
            session.execute("select pg_reload_conf()")


def pgbench(database: str, *, length: int, clients: int, seconds: int) -> float:
    """Return how many such rows pgbench inserts in a second, by prepared statements."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT.format(length=length))
        script.flush()
        argv = [binary("pgbench"), "-n", "-M", "prepared", "-c", clients, "-j", 2, "-T", seconds]
        argv += ["-f", Path(script.name), CLUSTER.url(database)]
        done = subprocess.run(
            [str(word) for word in argv], capture_output=True, text=True, check=True
        )
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    assert found, done.stdout
    return float(found[1])
