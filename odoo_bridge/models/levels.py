"""Sums that Odoo works out over many rows, and that have no record of their own to mirror."""

from django.db import models
from django.db.models import UniqueConstraint

from odoo_bridge.models.journal import Journal
from odoo_bridge.models.mirror import Reference, quantity_field
from odoo_bridge.models.money import Currency
from odoo_bridge.models.organisation import Warehouse
from odoo_bridge.models.product import Product


class StockLevel(models.Model):
    """How much of a product a warehouse holds, in the product's unit, and how much is promised.

    What is not there has no row.
    """

    product = Reference(Product, related_name="stock_levels")
    product_odoo_id = models.PositiveBigIntegerField()
    warehouse = Reference(Warehouse, related_name="stock_levels")
    warehouse_odoo_id = models.PositiveBigIntegerField()
    on_hand = quantity_field()
    reserved = quantity_field()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["product_odoo_id", "warehouse_odoo_id"],
                name="a_warehouse_has_one_level_of_a_product",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on_hand} of {self.product_odoo_id} in {self.warehouse_odoo_id}"


class JournalBalance(models.Model):
    """How much money a bank, cash or credit card journal holds, by its posted entries.

    Payments that wait on an outstanding account, until a statement confirms them, are not in it.
    """

    journal = models.OneToOneField(Journal, models.CASCADE, related_name="balance")
    balance = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.ForeignKey(Currency, models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.balance} in {self.journal_id}"
