"""What processes use of a core, and what PostgreSQL is asked."""

import os
import re
from pathlib import Path

import psycopg
from psycopg import sql

from portal.local import postgres, processes
from portal.testing.running import RunningPortal

TICKS = os.sysconf("SC_CLK_TCK")
PORTAL = ("web", "worker", "beat")
SERVERS = ("odoo", "postgres")
ASKED = r"^\S+ \S+ \S+ \[\d+\] {database} LOG:  (?:statement|execute [^:]*): (?!{around})"
AROUND = "(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)"


def seconds_of_core(portal: RunningPortal) -> dict[str, float]:
    """Return what each process that runs has used, with its children."""
    running = [
        *((name, processes.running(name, run=portal.folder / "run")) for name in PORTAL),
        *((name, processes.running(name)) for name in SERVERS),
    ]
    return {
        name: sum(of_process(member) for member in processes.group_members(child.pid))
        for name, child in running
        if child
    }


def of_process(pid: int) -> float:
    """Return the seconds of one process, and of its children that have ended."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return sum(int(ticks) for ticks in words[11:15]) / TICKS


def write_down_queries(database: str) -> None:
    """Have PostgreSQL log every statement that new sessions send to this database."""
    url = postgres.CLUSTER.url(database)
    with psycopg.connect(url, autocommit=True) as session:
        name = sql.Identifier(database)
        session.execute(sql.SQL("alter database {} set log_statement = 'all'").format(name))


def queries_in_log(database: str) -> int:
    """Return how many statements were logged, without those around a transaction."""
    asked = re.compile(
        ASKED.format(database=re.escape(database), around=AROUND), re.MULTILINE | re.IGNORECASE
    )
    return len(asked.findall(processes.log_of("postgres").read_text(errors="replace")))
