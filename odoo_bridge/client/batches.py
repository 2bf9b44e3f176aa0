"""Many records in few calls, and a bad one among them found without harm to the others.

Odoo's ``load`` takes all of a call or nothing. So a call that is refused is halved, and each half
is sent again, until the records that Odoo does not take stand alone: at most two calls for each
halving and each bad record.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from odoo_bridge.client.errors import OdooBroken, OdooRejected, OdooUnsupported, OutcomeUnknown
from odoo_bridge.client.load import Cell, load
from odoo_bridge.client.odoo_client import OdooClient

BATCH = 100

Item = TypeVar("Item")
Record = Sequence[Sequence[Cell]]  # the rows of one record: its own, and those of more lines
Outcome = int | OdooRejected | OdooBroken


def in_batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of ``size``; the last may be shorter, and none is empty.

    :raises ValueError: no item would ever be in a list of this size.
    """
    if size < 1:
        raise ValueError("A batch holds at least one item.")
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def load_in_batches(
    client: OdooClient,
    model: str,
    columns: Sequence[str],
    records: Iterable[Record],
    *,
    module: str,
    size: int = BATCH,
) -> Iterator[Outcome]:
    """Create the records that are not there yet; yield for each, in order, its id or its refusal.

    A record is a list of rows as ``load`` takes them: the first has the external id, the others,
    which add lines to it, have none. For one row each write ``[[row] for row in rows]``.

    Calls are made while the outcomes are read.

    :raises OdooError: from the call that failed for another reason than a record (no connection, a
        lost race, an unknown outcome). What was yielded before stands, and the rest can be sent
        again: nothing is created twice.
    """

    def send(batch: Sequence[Record]) -> list[int]:
        for record in batch:
            refuse_odd_rows(columns, record, f"{model}.load")
        rows = [row for record in batch for row in record]
        return load(client, model, columns, rows, module=module)

    return outcomes(records, send, size=size)


def outcomes(
    items: Iterable[Item], send: Callable[[Sequence[Item]], list[int]], *, size: int = BATCH
) -> Iterator[Outcome]:
    """Send the items in batches by ``send``; yield for each, in order, its id or its refusal.

    ``send`` returns an id for each item, or raises and has done nothing. It is called again with
    fewer items after a refusal. This is for a ``send`` that does more for each call than ``load``.

    :raises OdooError: whatever ``send`` raised that is no refusal.
    """
    for batch in in_batches(items, size):
        yield from halved_until_good(batch, send)


def halved_until_good(
    items: list[Item], send: Callable[[Sequence[Item]], list[int]]
) -> Iterator[Outcome]:
    """The outcomes of one batch. A model that is not there is so for each item: no halving."""
    try:
        ids = send(items)
    except (OdooRejected, OdooBroken) as refused:
        if len(items) == 1 or isinstance(refused, OdooUnsupported):
            yield from [refused] * len(items)
            return
    else:
        if len(ids) != len(items):
            reason = f"Odoo gave {len(ids)} ids for {len(items)} records."
            raise OutcomeUnknown(reason, cause="unreadable answer")
        yield from ids
        return
    middle = len(items) // 2
    yield from halved_until_good(items[:middle], send)
    yield from halved_until_good(items[middle:], send)


def refuse_odd_rows(columns: Sequence[str], record: Record, call: str) -> None:
    """Refuse rows that would belong to the record before, or make two records of one.

    :raises OdooBroken: the first row has no external id, or another one has.
    """
    keys = [dict(zip(columns, row, strict=False)).get("id") for row in record]
    if not any(keys[:1]) or any(keys[1:]):
        reason = "A record has one external id, in the first of its rows."
        raise OdooBroken(reason, call, "refused by us")
