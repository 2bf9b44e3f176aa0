"""Which Odoo this is, as its own list of modules says: no address without a key has to be open."""

import re
from dataclasses import dataclass

from odoo_bridge.client import OdooClient
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.rows import rows

OLDEST = 17
ENTERPRISE = "web_enterprise"


@dataclass(frozen=True)
class Version:
    """The number before the modules' own ("19.0", "saas~18.3"), and the edition."""

    number: str
    is_enterprise: bool

    @property
    def major(self) -> int:
        """The number before the dot."""
        return major_of(self.number)

    def __str__(self) -> str:
        return f"Odoo {self.number}, {'Enterprise' if self.is_enterprise else 'Community'}"


def major_of(number: str) -> int:
    """Return the number before the dot: 18 of "saas~18.3"; 0 of what is no number."""
    found = re.search(r"\d+", number)
    return int(found[0]) if found else 0


def supported_version(client: OdooClient) -> Version:
    """Return the version of an Odoo that the portal can work with.

    :raises NotProvisioned: it is too old.
    """
    version = version_of(client)
    if version.major < OLDEST:
        raise NotProvisioned(
            f"This is {version}, and the portal needs Odoo {OLDEST} or newer: whoever runs Odoo "
            f"must update it first."
        )
    return version


def version_of(client: OdooClient) -> Version:
    """Return what the installed modules tell of the version; only administrators may ask."""
    asked = [["name", "in", ["base", ENTERPRISE]], ["state", "=", "installed"]]
    found = rows(client, "ir.module.module", asked, "name", "latest_version")
    versions = {row["name"]: str(row["latest_version"] or "") for row in found}
    number = ".".join(versions.get("base", "").split(".")[:2]) or "unknown"
    return Version(number=number, is_enterprise=ENTERPRISE in versions)
