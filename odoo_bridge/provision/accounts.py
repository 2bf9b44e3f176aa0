"""Whether a company can be invoiced for: its chart of accounts and its journals."""

from odoo_bridge.client import OdooClient
from odoo_bridge.provision.companies import Companies
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.rows import rows


def check_accounts(client: OdooClient, companies: Companies) -> str:
    """Return in words what is there to invoice with; a branch uses what its company has.

    :raises NotProvisioned: nothing can be invoiced; the sentence says who must do what.
    """
    family = ["parent_of", [companies.company_id]]
    charts = rows(client, "res.company", [["id", *family]], "chart_template")
    journals = rows(
        client,
        "account.journal",
        [
            ["company_id", *family],
            ["active", "=", True],
            ["type", "in", ["sale", "bank", "cash"]],
        ],
        "type",
        "name",
    )
    sales = [journal["name"] for journal in journals if journal["type"] == "sale"]
    if not sales:
        lacks, where = (
            ("sales journal", "Invoicing, Configuration, Journals")
            if any(row["chart_template"] for row in charts)
            else ("chart of accounts", "Invoicing, Configuration, Settings, Fiscal Localization")
        )
        raise NotProvisioned(
            f"{companies.name} has no {lacks} in Odoo, so nothing can be invoiced: whoever keeps "
            f"the books must choose one under {where}, and then run odoo_provision again."
        )
    return (
        f"Accounts: the sales journal is {sales[0]}; there are {len(journals) - len(sales)} "
        f"for bank and cash."
    )
