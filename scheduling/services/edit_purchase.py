"""Change what is ordered at a vendor."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from odoo_bridge.selectors.purchases import ShownLine, ShownPurchase
from odoo_bridge.services.change_purchase import change_purchase, change_purchase_line
from odoo_bridge.services.promise_purchase import add_purchase_line, remove_purchase_line
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.deadlocks import begins_anew
from scheduling.errors import NotForSale, NothingOrdered, PurchaseChanged
from scheduling.selectors.supplier_prices import offers_of
from scheduling.services.lock_purchase import lock_purchase, name_of, refusal
from scheduling.services.place_purchase import Wanted, item_of, line_in_words, noon_of


@dataclass(frozen=True)
class HeadEdit:
    """The order's own data as they shall be, and as the page showed them."""

    reference: str
    planned_on: dt.date | None
    seen_reference: str
    seen_planned_at: dt.datetime | None

    @property
    def changes(self) -> dict[str, Any]:
        """What was changed. A date can be moved, not taken away."""
        changes: dict[str, Any] = {}
        if self.reference != self.seen_reference:
            changes["reference"] = self.reference
        seen = timezone.localdate(self.seen_planned_at) if self.seen_planned_at else None
        if self.planned_on and self.planned_on != seen:
            changes["planned_at"] = noon_of(self.planned_on)
        return changes

    @property
    def seen(self) -> dict[str, Any]:
        """What the page showed."""
        return {"reference": self.seen_reference, "planned_at": self.seen_planned_at}


@dataclass(frozen=True)
class LineEdit:
    """A line as it shall be and as the page showed it: quantity, price, discount in percent."""

    key: UUID
    values: Mapping[str, Decimal]
    seen: Mapping[str, Decimal]
    remove: bool = False

    @property
    def changes(self) -> dict[str, Any]:
        """What was changed."""
        return {name: value for name, value in self.values.items() if value != self.seen[name]}


@begins_anew
def edit_purchase(
    *,
    key: UUID,
    head: HeadEdit,
    lines: Sequence[LineEdit],
    wanted: Sequence[Wanted],
    today: dt.date,
    by: User,
) -> ShownPurchase:
    """Promise Odoo what was changed, added and removed. What others change there is merged.

    :raises PurchaseClosed: it is received or cancelled, or confirmed and shall have other lines.
    :raises PurchaseChanged: somebody changed the same here since the page was made.
    :raises NothingOrdered: no line would be left.
    :raises NotForSale: a new line has no price, and the vendor none for it.
    """
    shown = lock_purchase(key)
    changed = [line for line in lines if line.remove or line.changes]
    if not (head.changes or changed or wanted):
        return shown
    refuse_closed(shown, other_lines=bool(wanted or [one for one in changed if one.remove]))
    if len(shown.lines) + len(wanted) <= len([one for one in changed if one.remove]):
        raise NothingOrdered("A purchase orders something: cancel it, or leave a line.")
    if head.changes:
        refuse_clash(shown, shown, head.changes, head.seen)
        change_purchase(order=shown.order, changes=head.changes, seen=seen_of(head), by=by)
    for line in changed:
        edit_line(shown, line, by=by)
    added = add_lines(shown, wanted, today=today, by=by)
    new = {
        **{name: str(value) for name, value in head.changes.items()},
        **{f"line {one.key}": in_words(one) for one in changed},
        **({"added": added} if added else {}),
    }
    record(by=by, what="purchase changed", target=shown.order, new=new)
    return shown


def refuse_closed(shown: ShownPurchase, *, other_lines: bool) -> None:
    """:raises PurchaseClosed: it cannot be changed any more, or not have other lines."""
    if not (shown.is_open or shown.is_coming):
        raise refusal(shown, "nothing of it can be changed here.")
    if other_lines and not shown.is_open:
        raise refusal(shown, "lines can only be added or removed before. Reload the page.")


def refuse_clash(
    shown: ShownPurchase,
    now: ShownPurchase | ShownLine,
    changes: Mapping[str, Any],
    seen: Mapping[str, Any],
) -> None:
    """Refuse to change what was changed here, and is not in Odoo yet, since the page was made.

    What was changed in Odoo is merged when it is sent.

    :raises PurchaseChanged: it was.
    """
    for name in changes:
        if name in now.promised and getattr(now, name) != seen[name]:
            raise PurchaseChanged(
                f"Somebody else changed {name_of(shown)} since this page was made. "
                "It is shown as it is now: look at it, and change it again if you must."
            )


def seen_of(head: HeadEdit) -> dict[str, Any]:
    """Return what was seen of what was changed."""
    return {name: head.seen[name] for name in head.changes}


def edit_line(shown: ShownPurchase, edit: LineEdit, *, by: User) -> None:
    """Promise what was changed of a line, with all of what was seen of its amounts."""
    now = shown.line(edit.key)
    if now is None:
        raise PurchaseChanged(
            f"A line of {name_of(shown)} was removed since this page was made. "
            "It is shown as it is now."
        )
    if edit.remove:
        remove_purchase_line(line=now.line, by=by)
        return
    refuse_clash(shown, now, edit.changes, edit.seen)
    change_purchase_line(line=now.line, changes=edit.changes, seen=edit.seen, by=by)


def add_lines(
    shown: ShownPurchase, wanted: Sequence[Wanted], *, today: dt.date, by: User
) -> list[str]:
    """Promise the new lines; they are planned for the day of the order. Return them in words."""
    if not wanted:
        return []
    vendor, currency = shown.order.vendor, shown.order.currency
    if vendor is None or currency is None:
        raise NotForSale("Odoo has not told vendor and currency yet. Try again in a minute.")
    offers = offers_of(vendor, day=today)
    planned_on = timezone.localdate(shown.planned_at) if shown.planned_at else None
    added = []
    for one in wanted:
        item = item_of(one, offers, currency, today, planned_on)
        add_purchase_line(order=shown.order, item=item, by=by)
        added.append(line_in_words(item))
    return added


def in_words(edit: LineEdit) -> str:
    """Return what was done to a line for the audit trail."""
    if edit.remove:
        return "removed"
    return ", ".join(f"{name} {value.normalize():f}" for name, value in edit.changes.items())
