"""The companies of Odoo: the one that the bot works for, and all that it is to see."""

from dataclasses import dataclass

from odoo_bridge.client import OdooClient
from odoo_bridge.provision.rows import rows


@dataclass(frozen=True)
class Companies:
    """The bot's own company, and how many there are."""

    company_id: int
    name: str
    number: int

    def __str__(self) -> str:
        others = f", and sees all {self.number}" if self.number > 1 else ", the only one"
        return f"Company: the bot works for {self.name}{others}."


def companies_of(client: OdooClient, *, company_id: int) -> Companies:
    """Return the companies, of which one is the bot's."""
    names = {row["id"]: row["name"] for row in rows(client, "res.company", [], "name")}
    return Companies(company_id=company_id, name=names[company_id], number=len(names))
