"""The people of the demo: one for each role, and a second driver."""

import secrets
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg

from portal.local.demo_data import DRIVERS
from portal.local.paths import STATE
from portal.local.portal_manage import manage
from portal.local.private_files import kept_values

DOMAIN = "yard.example"  # reserved: no mail to it can ever reach anybody


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can sign in; ``prefix`` begins their names in ``demo.env``."""

    prefix: str
    name: str
    role: str

    @property
    def email(self) -> str:
        """What they sign in with."""
        return f"{self.prefix.lower().replace('_', '')}@{DOMAIN}"


OFFICE_PEOPLE = (
    DemoPerson("ADMIN", "Administrator", "ADMIN"),
    DemoPerson("OFFICE", "Office", "OFFICE"),
    DemoPerson("DIRECTOR", "Director", "DIRECTOR"),
    DemoPerson("PRODUCTION", "Production", "PRODUCTION"),
)
DRIVER_PEOPLE = (
    DemoPerson("DRIVER", DRIVERS[0].name, "DRIVER"),
    DemoPerson("DRIVER_2", DRIVERS[1].name, "DRIVER"),
)
PEOPLE = OFFICE_PEOPLE + DRIVER_PEOPLE


def passwords(*, state: Path = STATE) -> dict[str, str]:
    """Return the password of each person by address: made once, the same ever after."""
    makers = {person.email: lambda: secrets.token_urlsafe(12) for person in PEOPLE}
    return kept_values(state / "passwords.json", makers)


def log_ins(*, state: Path = STATE) -> dict[str, str]:
    """Return the log-ins as they stand in ``demo.env``."""
    known = passwords(state=state)
    lines: dict[str, str] = {}
    for person in PEOPLE:
        lines[f"{person.prefix}_EMAIL"] = person.email
        lines[f"{person.prefix}_PASSWORD"] = known[person.email]
    return lines


def add_people(
    people: Iterable[DemoPerson], *, env: Mapping[str, str], employees: Iterable[int] = ()
) -> None:
    """Add those who are not there yet, the first ``employees`` being the first people's in Odoo.

    :raises CommandFailed: somebody was refused.
    """
    known = passwords()
    there = _addresses(env["DATABASE_URL"])
    ids = list(employees)
    calls: list[tuple[list[str], str]] = []
    for n, person in enumerate(people):
        if person.email in there:
            continue
        words = ["add_person", "--email", person.email, "--name", person.name]
        words += ["--role", person.role]
        words += ["--odoo-employee-id", str(ids[n])] if n < len(ids) else []
        calls.append((words, known[person.email]))
    with ThreadPoolExecutor(2) as pool:  # each is a process that starts Django
        list(pool.map(lambda call: manage(call[0], env=env, line=call[1]), calls))


def _addresses(database_url: str) -> set[str]:
    """Return who is there. Asking is quick, while adding somebody again starts a process."""
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT email FROM accounts_user").fetchall()
    return {str(email) for (email,) in rows}
