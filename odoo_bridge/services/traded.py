"""What is bought or sold: a product, how much of it, and for how much."""

from dataclasses import dataclass
from decimal import Decimal

from odoo_bridge.models import Product, Unit


@dataclass(frozen=True, kw_only=True)
class Traded:
    """A line of an order. ``price`` is for one ``unit``, before a discount in percent and taxes.

    Without a unit it is that of the product.
    """

    product: Product
    quantity: Decimal
    price: Decimal
    discount: Decimal = Decimal(0)
    unit: Unit | None = None

    @property
    def unit_odoo_id(self) -> int:
        """The unit's id in Odoo.

        :raises LookupError: Odoo has not told yet in what the product is counted.
        """
        odoo_id = self.unit.known_odoo_id if self.unit else self.product.unit_odoo_id
        if odoo_id is None:
            raise LookupError(f"The unit of {self.product} is not known yet")
        return odoo_id
