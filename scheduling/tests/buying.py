"""Buying, by the services and by the pages: words for the tests."""

import datetime as dt
import re
import uuid
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from odoo_bridge.models import OutboxEntry, PurchaseOrder
from odoo_bridge.selectors.purchases import shown_purchases
from scheduling.services.edit_purchase import HeadEdit, LineEdit, edit_purchase
from scheduling.services.place_purchase import Head, place_purchase

TODAY = dt.date(2026, 11, 30)
SEEN = {"quantity": Decimal(4), "price": Decimal("12.5"), "discount": Decimal(0)}
LIST = reverse("scheduling:purchases")
NEW = reverse("scheduling:purchase-new")
FIELD = re.compile(r'<(?:input|select)[^>]*\bname="([^"]+)"[^>]*>')
VALUE = re.compile(r'\bvalue="([^"]*)"')


def promised(command):
    """Return the payloads that were promised, the oldest first."""
    return [e.payload for e in OutboxEntry.objects.filter(command=command).order_by("pk")]


def now_of(order):
    [one] = shown_purchases(PurchaseOrder.objects.filter(pk=order.pk))
    return one


def place(vendor, *wanted, by, key=None, planned_on=None):
    head = Head(key=key or uuid.uuid4(), vendor=vendor, reference="V-1", planned_on=planned_on)
    return place_purchase(head=head, wanted=wanted, today=TODAY, by=by)


def edit(order, *lines, by, reference=None, planned_on=None, wanted=(), seen=None):
    """Change an order as a page does that shows it as it is in Odoo."""
    head = HeadEdit(
        reference=order.vendor_reference if reference is None else reference,
        planned_on=planned_on or timezone.localdate(order.planned_at),
        seen_reference=order.vendor_reference if seen is None else seen,
        seen_planned_at=order.planned_at,
    )
    return edit_purchase(key=order.uuid, head=head, lines=lines, wanted=wanted, today=TODAY, by=by)


def changed(line, *, remove=False, seen=SEEN, **values):
    amounts = {name: Decimal(str(value)) for name, value in values.items()}
    return LineEdit(key=line.uuid, values={**seen, **amounts}, seen=seen, remove=remove)


def page_of(order, what="purchase"):
    return reverse(f"scheduling:{what}", args=[order.uuid])


def fields_of(html):
    """Return what a browser would send of the form with the lines."""
    form = next(one for one in html.split("<form") if "purchase-form" in one)
    found = {}
    for match in FIELD.finditer(form.split("</form>")[0]):
        value = VALUE.search(match.group())
        if 'type="checkbox"' not in match.group():
            found[match.group(1)] = value.group(1) if value else ""
    return found


def filled(browser, url, **changes):
    """Return the fields of a page with some of them changed; ``__`` is a hyphen."""
    given = {name.replace("__", "-"): value for name, value in changes.items()}
    return {**fields_of(browser.get(url).text), **given}


def entries():
    return list(OutboxEntry.objects.order_by("pk").values_list("command", flat=True))
