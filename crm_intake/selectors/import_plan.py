"""What an import would do: its rows that are new, in the order in which they happened."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from crm_intake.importing.facts import ConsentTold, GoodRow, TextTold, Told, sameness
from crm_intake.ledger.kinds import IMPORTED, Purpose
from crm_intake.ledger.standing import ALL
from crm_intake.models import WebhookDelivery
from crm_intake.selectors.consent import standings_of
from crm_intake.selectors.ledger import keyed_digests
from crm_intake.selectors.told_here import ToldHere
from crm_intake.wording import read

One = TypeVar("One")
AT_ONCE = 1000
LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class PlannedRow:
    """A row that is new; ``digest`` names what it tells, in whatever file it stands."""

    digest: str
    told: Told
    body: bytes


@dataclass(frozen=True)
class Plan:
    """``known`` rows are here already. Of the new ones ``stops`` take consent back.

    ``idle`` ones are consents of numbers that said stop: kept as proof, and they allow nothing.
    """

    new: list[PlannedRow]
    known: int
    stops: int
    idle: int


def plan_import(good: Sequence[GoodRow]) -> Plan:
    """Look what is new; a few queries for each thousand rows."""
    new: dict[str, PlannedRow] = {}
    for rows in _batches(good):
        new |= {row.digest: row for row in _unknown(rows)}
    planned = sorted(new.values(), key=lambda row: row.told.at or LONG_AGO)
    stopped = _stopped(planned)
    idle = [
        row
        for row in planned
        if isinstance(row.told, ConsentTold)
        and not row.told.stops
        and row.told.purpose in stopped[row.told.number]
    ]
    return Plan(
        new=planned,
        known=len(good) - len(planned),
        stops=sum(says_stop(row.told) for row in planned),
        idle=len(idle),
    )


def says_stop(told: Told) -> bool:
    """Say whether a row takes consent back: an opt-out, or a text that came in and says so."""
    if isinstance(told, TextTold):
        return not told.outgoing and read(told.text).stops
    return isinstance(told, ConsentTold) and told.stops


def _batches(all_of_them: Sequence[One]) -> Iterator[list[One]]:
    rest = iter(all_of_them)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch


def _unknown(rows: Sequence[GoodRow]) -> Iterator[PlannedRow]:
    by_sameness = {sameness(row.told): row for row in rows}
    digests = keyed_digests(by_sameness)
    kept = WebhookDelivery.objects.filter(provider=IMPORTED, delivery_id__in=digests.values())
    known = set(kept.values_list("delivery_id", flat=True))
    here = ToldHere([row.told.number for row in rows])
    for text, digest in digests.items():
        row = by_sameness[text]
        if digest not in known and not here.has(row.told):
            yield PlannedRow(digest, row.told, row.body)


def _stopped(planned: Sequence[PlannedRow]) -> defaultdict[str, set[Purpose]]:
    """Return for what each number said stop, here or in the rows themselves."""
    stopped: defaultdict[str, set[Purpose]] = defaultdict(set)
    granted = {row.told.number for row in planned if isinstance(row.told, ConsentTold)}
    for numbers in _batches(sorted(granted)):
        for number, standing in standings_of(numbers).items():
            stopped[number] |= standing.once_stopped
    for row in planned:
        if says_stop(row.told):
            purpose = row.told.purpose if isinstance(row.told, ConsentTold) else None
            stopped[row.told.number] |= {purpose} if purpose else ALL
    return stopped
