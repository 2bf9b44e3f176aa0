"""Write what was said that a delivery costs to an order."""

from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from odoo_bridge.models import OutboxEntry, Product, SaleOrder
from odoo_bridge.selectors.delivery_lines import has_delivery_line
from odoo_bridge.services.promise_delivery_line import promise_delivery_line
from odoo_bridge.services.promise_order import Item
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.deadlocks import begins_anew
from scheduling.errors import NotWritten
from scheduling.models import DeliveryRates, Quote
from scheduling.selectors.quotes import OPEN
from scheduling.services.measure_ways import Distance

State = OutboxEntry.State


@begins_anew
def write_quote(*, quote_uuid: UUID, order_uuid: UUID, by: User) -> Quote:
    """Promise Odoo that the order has the price as its delivery line, instead of an earlier one.

    Twice is no more than once, unless somebody has removed the line in Odoo since.

    :raises NotWritten: there is no product for it, or the order takes no such price.
    """
    order = SaleOrder.objects.select_for_update().get(uuid=order_uuid)
    quote = Quote.objects.select_for_update().get(uuid=quote_uuid)
    if quote.order_id == order.pk and quote.entry and _stands(quote.entry, order):
        _refuse_what_odoo_refused(quote.entry)
        return quote
    product = _product()
    _refuse_unless_it_takes(order, quote)
    item = Item(
        product=product, quantity=Decimal(1), price=quote.total, description=words_of(quote)
    )
    try:
        entry = promise_delivery_line(order=order, item=item, currency=quote.currency, by=by)
    except LookupError as unknown:
        raise NotWritten(str(unknown)) from unknown
    Quote.objects.filter(order=order).update(order=None, entry=None)
    quote.order, quote.entry = order, entry
    quote.save(update_fields=["order", "entry"])
    record(by=by, what="delivery price written", target=quote, new={"order": order.name})
    return quote


def words_of(quote: Quote) -> str:
    """Say in two lines where to, how far, and what that is made of."""
    miles = Distance(quote.metres, quote.source).miles
    made_of = ", ".join(f"{line['label']} {line['amount']}" for line in quote.lines)
    where = _("Delivery to {address}, {miles} miles").format(
        address=quote.place.address, miles=miles
    )
    return f"{where}\n{made_of}"


def _stands(entry: OutboxEntry, order: SaleOrder) -> bool:
    """Say whether the promise is still to be kept, or was kept and its line is there."""
    if entry.state == State.DONE:
        return has_delivery_line(order)
    return entry.state != State.DROPPED


def _product() -> Product:
    rates = DeliveryRates.objects.select_related("product").first()
    product = rates.product if rates else None
    if product is None or product.deleted_at or not product.active:
        raise NotWritten(
            _(
                "Nobody has chosen the product of the delivery line. An administrator does that "
                "under Delivery prices."
            )
        )
    return product


def _refuse_what_odoo_refused(entry: OutboxEntry) -> None:
    """:raises NotWritten: it was refused there, and a person must decide what becomes of it."""
    if entry.state == State.PARKED:
        raise NotWritten(
            _("Odoo said no to that: {why} It is tried again, or dropped, under Sync.").format(
                why=entry.last_error
            )
        )


def _refuse_unless_it_takes(order: SaleOrder, quote: Quote) -> None:
    """:raises NotWritten: the order is over, or in another currency."""
    if order.state not in OPEN or order.deleted_at or order.invoice_state == "invoiced":
        raise NotWritten(
            _("Order {name} is cancelled or invoiced, and takes no price any more.").format(
                name=order.name
            )
        )
    currency = order.currency.name if order.currency else quote.currency
    if currency != quote.currency:
        raise NotWritten(
            _("Order {name} is in {theirs}, and the price was said in {ours}.").format(
                name=order.name, theirs=currency, ours=quote.currency
            )
        )
