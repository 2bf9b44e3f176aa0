"""The same leads by three ways into one Odoo, in one context."""

from django.utils.html import escape, linebreaks

from bench.outbox_rows import all_acknowledged, all_done, fill_leads, new_title
from bench.pairs import seconds_of
from odoo_bridge.client import Kind, OdooClient, external_module
from odoo_bridge.client.batches import in_batches
from odoo_bridge.client.load import create_only
from odoo_bridge.models import OdooAccess
from odoo_bridge.outbox import drain as draining
from portal.testing.mirrors import OdooAccessFactory

SINGLES = 50


class Race:
    """``each`` leads a turn. All that the outbox is to send waits in it from the beginning."""

    def __init__(self, client: OdooClient, each: int) -> None:
        self.client, self.each = client, each
        self.title, self.other_title = new_title(), new_title()
        self.created = 0
        self.access: OdooAccess = OdooAccessFactory()  # type: ignore[no-untyped-call,assignment]
        self.context = create_only(external_module(self.access.instance))

    def warm_up(self) -> None:
        """Let Odoo load what it keeps in memory, and fill the outbox."""
        from bench.outbox_rows import empty  # noqa: PLC0415

        empty()
        fill_leads(new_title(), 100)
        draining.drain(self.client, self.access)
        self.create(100)
        self.created = 0
        self.other_title = new_title()
        empty()
        fill_leads(self.title, 5 * self.each)

    def drain(self) -> float:
        """Send so many by the outbox; return how many a second."""
        draining.MOST = self.each
        sent = 0

        def send() -> None:
            nonlocal sent
            sent = draining.drain(self.client, self.access)

        seconds = seconds_of(send)
        assert sent == self.each, sent
        return self.each / seconds

    def create_hundreds(self) -> float:
        """Make as many by ``create`` of 100 a call."""
        calls = [len(batch) for batch in in_batches(range(self.each), 100)]
        return self.each / seconds_of(lambda: self.create(*calls))

    def create_singly(self) -> float:
        """Make some by one call each."""
        return SINGLES / seconds_of(lambda: self.create(*[1] * SINGLES))

    def create(self, *counts: int) -> None:
        """Make so many in each call, with the values that the outbox sends."""
        values = {
            "name": self.other_title,
            "type": "lead",
            "phone": False,
            "contact_name": False,
            "description": linebreaks(escape("Oak?")),
            "user_id": False,
        }
        for count in counts:
            made = self.client.call(
                "crm.lead",
                "create",
                kind=Kind.WRITE,
                vals_list=[values] * count,
                context=self.context,
            )
            assert len(made) == count
            self.created += count

    def check(self, turns: int) -> None:
        """Fail unless Odoo has every lead once, and we know which."""
        all_done(turns * self.each)
        all_acknowledged(self.ids_named(self.title))
        assert len(self.ids_named(self.other_title)) == self.created

    def ids_named(self, title: str) -> set[int]:
        """Return the ids of Odoo's leads of this title."""
        domain = [["name", "=", title], ["active", "in", [True, False]]]
        return set(self.client.call("crm.lead", "search", kind=Kind.READ, domain=domain))
