"""``/quotes/<uuid>/``: a price that was said, and the order that it is written to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from odoo_bridge.models import OutboxEntry, SaleOrder
from portal.accounts.access import SignedInRequest, allow
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.models import Quote
from scheduling.selectors.quotes import orders_for, shown_quotes
from scheduling.services.write_quote import write_quote
from scheduling.views.keys import uuid_in
from scheduling.views.quotes import LONGEST, MAY_QUOTE

LEFT_THERE = gettext_lazy(
    "It was written to {order} before, and stays there: remove that line in Odoo if it is wrong."
)


@require_GET
@allow(*MAY_QUOTE)
def quote_orders(request: SignedInRequest, quote_uuid: UUID) -> HttpResponse:
    """Show the price, where it stands, and the open orders that are looked for."""
    quote = get_object_or_404(shown_quotes(), uuid=quote_uuid)
    words = request.GET.get("q", "").strip()[:LONGEST]
    context = {"quote": quote, "words": words, "orders": orders_for(quote.place, words)}
    return render_page_or_partial(
        request, "scheduling/quote_orders.html", "scheduling/_quote_orders.html", context
    )


@require_POST
@allow(*MAY_QUOTE)
def write(request: SignedInRequest, quote_uuid: UUID) -> HttpResponse:
    """Write the price to an order, and show where it stands."""
    quote = get_object_or_404(Quote.objects.select_related("order", "entry"), uuid=quote_uuid)
    order = get_object_or_404(SaleOrder, uuid=uuid_in(request.POST.get("order", "")))
    try:
        write_quote(quote_uuid=quote.uuid, order_uuid=order.uuid, by=request.user)
    except UserFacingError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written to {order}.").format(order=_named(order)))
        if (before := had_it(quote)) and before != order:
            messages.warning(request, LEFT_THERE.format(order=_named(before)))
    return redirect("scheduling:quote-orders", quote_uuid=quote_uuid)


def had_it(quote: Quote) -> SaleOrder | None:
    """Return the order that has the price, or is going to, as its delivery line."""
    is_given_up = quote.entry is not None and quote.entry.state == OutboxEntry.State.DROPPED
    return None if is_given_up else quote.order


def _named(order: SaleOrder) -> str:
    return order.name or _("the new order")
