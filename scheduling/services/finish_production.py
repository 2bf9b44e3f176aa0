"""It is made."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

from odoo_bridge.commands import FinishProduction, Scrapped
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.productions import ShownProduction
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.errors import NothingMade, ProductionChanged
from scheduling.services.lock_production import lock_production


@dataclass(frozen=True)
class Made:
    """What came of it: so much is good, and so much was made and is of no use.

    ``seen`` is how much the page showed as ordered. Where less than that was made, the rest is made
    later if ``rest_follows``.
    """

    good: Decimal
    scrapped: Decimal
    rest_follows: bool
    seen: Decimal


@begins_anew
def finish_production(*, key: UUID, made: Made, by: User) -> ShownProduction:
    """Promise Odoo its end; Odoo consumes the parts for what was made, scrap included.

    :raises ProductionClosed: it is done, cancelled or gone.
    :raises ProductionChanged: another quantity is ordered since the page was made.
    :raises NothingMade: nothing was made, neither good nor scrap.
    """
    shown = lock_production(key)
    order, quantity = shown.order, made.good + made.scrapped
    if order.quantity != made.seen:
        raise ProductionChanged(
            f"Another quantity of {order.name} is ordered since this page was made. "
            "It is shown as it is now: look at it, and say again how much was made."
        )
    if not quantity:
        raise NothingMade("Enter how much was made.")
    command = FinishProduction(
        production_uuid=key,
        quantity=quantity,
        scrapped=_scrapped(shown, made.scrapped),
        rest_follows=made.rest_follows,
    )
    enqueue(command, by=by)
    new = {"made": f"{quantity.normalize():f}", "scrapped": f"{made.scrapped.normalize():f}"}
    record(by=by, what="production finished", target=order, new=new)
    touch("production")
    touch("board")
    return shown


def _scrapped(shown: ShownProduction, quantity: Decimal) -> tuple[Scrapped, ...]:
    """Return what Odoo takes out of the stock again."""
    product, unit = shown.order.product_odoo_id, shown.order.unit_odoo_id
    if not quantity or product is None or unit is None:  # Odoo has no production without the two
        return ()
    one = Scrapped(
        scrap_uuid=uuid4(), product_odoo_id=product, unit_odoo_id=unit, quantity=quantity
    )
    return (one,)
