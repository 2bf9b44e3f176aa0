"""The journal of the money that drivers bring."""

from odoo_bridge.client import Kind, OdooClient
from odoo_bridge.provision.rows import id_of, rows
from odoo_bridge.provision.say import Say


def provide_cash_journal(
    client: OdooClient, *, company_id: int, kept_id: int | None, say: Say
) -> int:
    """Return the cash journal of the company: the one we have used, else the first, else a new one.

    It can take payments by hand afterwards.
    """
    found = rows(
        client,
        "account.journal",
        [["type", "=", "cash"], ["company_id", "=", company_id], ["active", "=", True]],
        "name",
    )
    journal_id = next((row["id"] for row in found if row["id"] == kept_id), None)
    journal_id = journal_id or (found[0]["id"] if found else None)
    done = "there"
    if journal_id is None:
        # Without a code: Odoo takes the next that is free, CSH1 in most companies.
        new = {"name": "Cash", "type": "cash", "company_id": company_id}
        [journal_id] = client.call("account.journal", "create", kind=Kind.WRITE, vals_list=[new])
        done = "made"
    if take_payments_by_hand(client, int(journal_id)):
        done += ", and now takes payments by hand"
    say(f"Cash journal {journal_id}: {done}.")
    return int(journal_id)


def take_payments_by_hand(client: OdooClient, journal_id: int) -> bool:
    """Make sure that a payment can be entered in the journal. Tell if that was new."""
    by_hand = id_of(client, "account.account_payment_method_manual_in")
    line = {"journal_id": journal_id, "payment_method_id": by_hand}
    if rows(client, "account.payment.method.line", [[name, "=", line[name]] for name in line]):
        return False
    client.call(
        "account.payment.method.line",
        "create",
        kind=Kind.WRITE,
        vals_list=[line | {"name": "Manual Payment"}],
    )
    return True
