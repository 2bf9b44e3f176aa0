"""The journal of the money that drivers bring."""

from typing import Any

from odoo_bridge.client import Cell, Kind, OdooClient, external_module, load
from odoo_bridge.provision.found import Change, Found
from odoo_bridge.provision.rows import id_of, rows

KEY = "cash_journal"
COLUMNS = ("id", "name", "type", "company_id/.id")
METHODS = "account.payment.method.line"


def cash_journal(
    client: OdooClient, *, company_id: int, kept_id: int | None, instance: str
) -> Found:
    """Look for a cash journal of the company that takes payments by hand."""
    journal = chosen_journal(client, company_id=company_id, kept_id=kept_id)
    if journal is None:
        return Found(
            change=Change(
                "make a cash journal",
                lambda: make_journal(client, company_id=company_id, instance=instance),
            )
        )
    if takes_payments_by_hand(client, journal):
        return Found(f"Cash journal {journal}: there.")

    def make() -> str:
        take_payments_by_hand(client, journal)
        return f"Cash journal {journal}: there, and now takes payments by hand."

    return Found(change=Change(f"let cash journal {journal} take payments by hand", make))


def chosen_journal(client: OdooClient, *, company_id: int, kept_id: int | None) -> int | None:
    """Return the cash journal of the company: the one we have used, else the first, if any."""
    found = rows(
        client,
        "account.journal",
        [["type", "=", "cash"], ["company_id", "=", company_id], ["active", "=", True]],
    )
    ids: list[int] = [row["id"] for row in found]
    return kept_id if kept_id in ids else next(iter(ids), None)


def make_journal(client: OdooClient, *, company_id: int, instance: str) -> str:
    """Make a cash journal that is known as ours, so that it can be taken out again.

    Without a code: Odoo takes the next that is free, CSH1 in most companies. It lets payments in
    by hand by itself.
    """
    module = external_module(instance)
    row: list[Cell] = [f"{module}.{KEY}", "Cash", "cash", company_id]
    [journal] = load(client, "account.journal", COLUMNS, [row], module=module)
    return f"Cash journal {journal}: made."


def takes_payments_by_hand(client: OdooClient, journal_id: int) -> bool:
    """Say whether a payment can be entered in the journal."""
    line = by_hand(client, journal_id)
    return bool(rows(client, METHODS, [[name, "=", line[name]] for name in line]))


def take_payments_by_hand(client: OdooClient, journal_id: int) -> None:
    """Make it so that a payment can be entered in the journal."""
    new = by_hand(client, journal_id) | {"name": "Manual Payment"}
    client.call(METHODS, "create", kind=Kind.WRITE, vals_list=[new])


def by_hand(client: OdooClient, journal_id: int) -> dict[str, Any]:
    """Return what the line says that lets payments in by hand."""
    method = id_of(client, "account.account_payment_method_manual_in")
    return {"journal_id": journal_id, "payment_method_id": method}
