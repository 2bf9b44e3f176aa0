"""The form of one purchase: its head, its lines, what the vendor offers, and empty rows."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from odoo_bridge.models import Partner, Product
from odoo_bridge.selectors.purchases import ShownLine, ShownPurchase
from scheduling.forms.purchase import MOST_ROWS, Choices, HeadForm, LineForm
from scheduling.selectors.supplier_prices import Offer, buyable_products, offers_of
from scheduling.services.edit_purchase import LineEdit
from scheduling.services.place_purchase import Wanted

EMPTY_ROWS = 3


class PurchaseForms:
    """What a person fills in. Filled with ``data`` it has the rows that were sent."""

    def __init__(
        self,
        *,
        vendor: Partner | None,
        shown: ShownPurchase | None = None,
        today: dt.date,
        data: Any = None,
    ) -> None:
        self.shown = shown
        self.takes_lines = shown is None or shown.is_open
        self.offers: dict[int, Offer] = {}
        if vendor is not None and self.takes_lines:
            for offer in offers_of(vendor, day=today):
                self.offers.setdefault(offer.product.pk, offer)
        bought = buyable_products() if self.takes_lines else buyable_products().none()
        self.products: Mapping[int, Product] = {product.pk: product for product in bought}
        self.choices = self._choices()
        self.head, self.lines = self._filled(data) if data is not None else self._fresh()

    def is_valid(self) -> bool:
        """Say whether all of it is; each part says what is wrong with it."""
        return all([self.head.is_valid(), *(line.is_valid() for line in self.lines)])

    @property
    def wanted(self) -> list[Wanted]:
        """The lines to be added. Of a valid form."""
        return [one for line in self.lines if (one := line.wanted) is not None]

    @property
    def edits(self) -> list[LineEdit]:
        """The lines that are there, as they shall be. Of a valid form."""
        return [one for line in self.lines if (one := line.edit) is not None]

    def _fresh(self) -> tuple[HeadForm, list[LineForm]]:
        rows: list[dict[str, Any]] = []
        if self.shown is not None:
            rows += [{"line": line} for line in self.shown.lines]
        else:
            rows += [{"offer": offer} for offer in self.offers.values()]
        if self.takes_lines:
            rows += [{}] * EMPTY_ROWS
        lines = [self._row(number, **row) for number, row in enumerate(rows[:MOST_ROWS])]
        return HeadForm(initial=self._initial(len(lines))), lines

    def _filled(self, data: Any) -> tuple[HeadForm, list[LineForm]]:
        head = HeadForm(data)
        given = data.get("rows", "")
        rows = min(int(given), MOST_ROWS) if given.isascii() and given.isdigit() else 0
        return head, [self._sent_row(data, number) for number in range(rows)]

    def _sent_row(self, data: Any, number: int) -> LineForm:
        key, product = (data.get(f"line-{number}-{name}", "") for name in ("key", "product"))
        line = next((one for one in self._shown_lines() if str(one.line.uuid) == key), None)
        offered = bool(data.get(f"line-{number}-offered"))
        offer = self.offers.get(int(product)) if offered and product.isdigit() else None
        return self._row(number, data=data, line=line, offer=offer)

    def _row(self, number: int, **row: Any) -> LineForm:
        return LineForm(number=number, products=self.products, choices=self.choices, **row)

    def _shown_lines(self) -> list[ShownLine]:
        return self.shown.lines if self.shown else []

    def _initial(self, rows: int) -> dict[str, Any]:
        if self.shown is None:
            return {"rows": rows}
        at = self.shown.planned_at
        return {
            "rows": rows,
            "reference": self.shown.reference,
            "seen_reference": self.shown.reference,
            "planned_on": timezone.localdate(at) if at else None,
            "seen_planned_at": at.isoformat() if at else "",
        }

    def _choices(self) -> Choices:
        """Return the products by name: those of the vendor first."""
        named = [(key, f"{one} ({one.unit})") for key, one in self.products.items()]
        theirs = [one for one in named if one[0] in self.offers]
        others = [one for one in named if one[0] not in self.offers]
        groups = [(_("Of this vendor"), theirs), (_("Other products"), others)]
        return [("", "—"), *(group for group in groups if group[1])]
