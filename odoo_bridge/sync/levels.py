"""Sums that Odoo is asked for: what warehouses hold of a product, and journals of money.

Odoo merges and deletes the rows under a stock level by plain SQL, so the rows are never mirrored
(Odoo 19: stock_quant). The levels of the products whose moves have changed are read again, and now
and then those of all.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import (
    Domain,
    OdooClient,
    OdooError,
    OdooUnavailable,
    Protocol,
    pages,
    sums,
)
from odoo_bridge.models import (
    Journal,
    JournalBalance,
    Move,
    PollCursor,
    Product,
    StockLevel,
    Warehouse,
)
from odoo_bridge.sync.poll import LeaseLost, keep, lease, save
from portal.core.changes import touch

log = structlog.get_logger(__name__)

SWEEP_EVERY = dt.timedelta(minutes=10)
BALANCES_EVERY = dt.timedelta(minutes=1)
# A move says when its reading began, and shows when all of its page was stored.
LATE = dt.timedelta(minutes=2)
WAREHOUSE = "location_id.warehouse_id"
FOUR_PLACES, CENTS = Decimal("0.0001"), Decimal("0.01")

Reader = Callable[[OdooClient, PollCursor, dt.datetime], int]
Amounts = tuple[Decimal, Decimal]


def read_levels(client: OdooClient) -> bool:
    """Bring all sums up to date; return whether Odoo answered to the end.

    Safe to run at any time, by any number of workers. What Odoo refuses keeps its trouble.
    """
    if not breaker.may_call(timezone.now()):
        return False
    for name, reader in READERS.items():
        try:
            read_leased(name, reader, client)
        except OdooError as error:
            breaker.note_failure(error, timezone.now())
            log.warning("levels_failed", levels=name, error=str(error))
            if isinstance(error, OdooUnavailable):
                return False
            PollCursor.objects.filter(mirror=name).update(trouble=error.reason)
    return True


def read_leased(name: str, reader: Reader, client: OdooClient) -> int | None:
    """Let the reader read, unless somebody else does; return how many sums changed.

    :raises OdooError: what was stored before stands.
    """
    now = timezone.now()
    cursor = lease(name, now=now)
    if cursor is None:
        return None
    try:
        return reader(client, cursor, now)
    except LeaseLost:
        return 0
    finally:
        save(cursor, leased_until=None)


def read_stock_levels(client: OdooClient, cursor: PollCursor, now: dt.datetime) -> int:
    """Read the levels of the products that moved since the last time, or in a sweep of all."""
    sweeps = cursor.wide_scan_at is None or cursor.wide_scan_at <= now - SWEEP_EVERY
    products = None if sweeps or cursor.high_water is None else moved(cursor.high_water - LATE)
    if products is not None and not products:
        keep(cursor, high_water=now, finished_at=now, trouble="")
        return 0
    found = stock_in_odoo(client, products)
    with transaction.atomic():
        swept_at = now if products is None else cursor.wide_scan_at
        keep(cursor, high_water=now, wide_scan_at=swept_at, finished_at=now, trouble="")
        changed = store_stock(found, products, read_at=now)
    breaker.note_answer(timezone.now())
    return changed


def moved(since: dt.datetime) -> set[int]:
    """Return the products whose moves have changed since a moment, by their ids in Odoo."""
    moves = Move.objects.filter(seen_at__gte=since).values_list("product_odoo_id", flat=True)
    return {product for product in moves.distinct() if product}


def stock_in_odoo(
    client: OdooClient, products: Collection[int] | None
) -> dict[tuple[int, int], Amounts]:
    """Return what is on hand and reserved, by product and warehouse; of all products for ``None``.

    What lies outside of every warehouse is not counted, as in Odoo's own sums, and what is not
    there is left out.
    """
    domain: Domain = [["location_id.usage", "=", "internal"], [WAREHOUSE, "!=", False]]
    if products is not None:
        domain.append(["product_id", "in", sorted(products)])
    of = ["quantity", "reserved_quantity"]
    found: defaultdict[tuple[int, int], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 2)
    for row, warehouse in _by_warehouse(client, domain, of):
        place = found[row["product_id"], warehouse]
        place[:] = [
            mine + exact(row[name], FOUR_PLACES) for mine, name in zip(place, of, strict=True)
        ]
    # Odoo keeps zeros.
    return {place: (held, kept) for place, (held, kept) in found.items() if held or kept}


def _by_warehouse(
    client: OdooClient, domain: Domain, of: Sequence[str]
) -> Iterator[tuple[dict[str, Any], int]]:
    """Return the sums of products, and the warehouse of each; an older Odoo groups by location."""
    if client.protocol is Protocol.JSON2:
        for row in sums(client, "stock.quant", domain, by=["product_id", WAREHOUSE], of=of):
            yield row, row[WAREHOUSE]
        return
    inside: Domain = [["usage", "=", "internal"], ["warehouse_id", "!=", False]]
    found = pages(client, "stock.location", ["warehouse_id"], domain=inside)
    warehouses = {row["id"]: row["warehouse_id"] for rows in found for row in rows}
    rows = sums(client, "stock.quant", domain, by=["product_id", "location_id"], of=of)
    # A location that is new since they were read waits for the next reading.
    here = [row for row in rows if row["location_id"] in warehouses]
    yield from ((row, warehouses[row["location_id"]]) for row in here)


def exact(value: float, unit: Decimal) -> Decimal:
    """Return a sum of Odoo, rounded to what we keep."""
    return Decimal(str(value or 0)).quantize(unit)


def store_stock(
    found: Mapping[tuple[int, int], Amounts],
    products: Collection[int] | None,
    *,
    read_at: dt.datetime,
) -> int:
    """Store the levels of these products, or of all; what is not found is not there any more."""
    kept = StockLevel.objects.all()
    if products is not None:
        kept = kept.filter(product_odoo_id__in=products)
    before = {
        (one.product_odoo_id, one.warehouse_odoo_id): (one.pk, (one.on_hand, one.reserved))
        for one in kept
    }
    gone = [pk for place, (pk, _) in before.items() if place not in found]
    StockLevel.objects.filter(pk__in=gone).delete()
    product_keys = keys_of(Product, {product for product, _ in found})
    warehouse_keys = keys_of(Warehouse, {warehouse for _, warehouse in found})
    StockLevel.objects.bulk_create(
        [
            StockLevel(
                product_odoo_id=product,
                product_id=product_keys.get(product),
                warehouse_odoo_id=warehouse,
                warehouse_id=warehouse_keys.get(warehouse),
                on_hand=on_hand,
                reserved=reserved,
                read_at=read_at,
            )
            for (product, warehouse), (on_hand, reserved) in found.items()
        ],
        update_conflicts=True,
        unique_fields=["product_odoo_id", "warehouse_odoo_id"],
        update_fields=["product", "warehouse", "on_hand", "reserved", "read_at"],
    )
    differ = [
        place for place, amounts in found.items() if before.get(place, ("", None))[1] != amounts
    ]
    if gone or differ:
        touch("stock")
    return len(gone) + len(differ)


def keys_of(mirror: Any, odoo_ids: Collection[int]) -> dict[int, int]:
    """Return our keys of mirrored records, by their ids in Odoo."""
    return dict(mirror.objects.filter(odoo_id__in=odoo_ids).values_list("odoo_id", "pk"))


def read_balances(client: OdooClient, cursor: PollCursor, now: dt.datetime) -> int:
    """Read what the journals hold that money lies in, unless that was done just now."""
    if cursor.finished_at is not None and cursor.finished_at > now - BALANCES_EVERY:
        return 0
    journals = list(
        Journal.objects.filter(
            kind__in=Journal.HOLD_MONEY,
            deleted_at=None,
            account_odoo_id__isnull=False,
            company__currency__isnull=False,
        ).select_related("currency", "company__currency")
    )
    reckoned = sums_of_accounts(client, {journal.account_odoo_id for journal in journals})
    with transaction.atomic():
        keep(cursor, finished_at=now, trouble="")
        changed = store_balances([balance_of(one, reckoned, now) for one in journals])
    breaker.note_answer(timezone.now())
    return changed


def sums_of_accounts(
    client: OdooClient, accounts: Collection[int | None]
) -> Mapping[int | None, Amounts]:
    """Return each account's posted sum, in its company's currency and in that of its entries."""
    domain: Domain = [["account_id", "in", list(accounts)], ["parent_state", "=", "posted"]]
    of = ["balance", "amount_currency"]
    return {
        row["account_id"]: (exact(row["balance"], CENTS), exact(row["amount_currency"], CENTS))
        for row in sums(client, "account.move.line", domain, by=["account_id"], of=of)
    }


def balance_of(
    journal: Journal, reckoned: Mapping[int | None, Amounts], read_at: dt.datetime
) -> JournalBalance:
    """Return the balance of a journal, in its own currency if it has one, else its company's."""
    ours, foreign = reckoned.get(journal.account_odoo_id, (Decimal(0), Decimal(0)))
    at_home = journal.company.currency
    currency = journal.currency or at_home
    balance = ours if currency == at_home else foreign
    return JournalBalance(journal=journal, balance=balance, currency=currency, read_at=read_at)


def store_balances(balances: Collection[JournalBalance]) -> int:
    """Store these balances, and no others; return how many changed."""
    before = {
        one.journal_id: (one.balance, one.currency_id) for one in JournalBalance.objects.all()
    }
    now = {one.journal_id: (one.balance, one.currency_id) for one in balances}
    JournalBalance.objects.exclude(journal__in=now).delete()
    JournalBalance.objects.bulk_create(
        balances,
        update_conflicts=True,
        unique_fields=["journal"],
        update_fields=["balance", "currency", "read_at"],
    )
    changed = [key for key in before.keys() | now if before.get(key) != now.get(key)]
    if changed:
        touch("money")
    return len(changed)


READERS: dict[str, Reader] = {
    "StockLevel": read_stock_levels,
    "JournalBalance": read_balances,
}
