"""Currencies, payment terms, invoices and payments."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from odoo_bridge.models.mirror import Mirror, Reference, amount_field, odoo_id_field, text_field
from odoo_bridge.models.partner import Partner


class Currency(Mirror):
    """A currency; ``name`` is its ISO 4217 code."""

    name = text_field(8)
    symbol = text_field(8)

    def __str__(self) -> str:
        return self.name


class PaymentTerm(Mirror):
    """When an invoice is to be paid."""

    name = text_field()

    def __str__(self) -> str:
        return self.name


class PaymentTermLine(Mirror):
    """A part of a payment term: this share, so many days after the invoice."""

    term = Reference(PaymentTerm, related_name="lines")
    term_odoo_id = odoo_id_field()
    days = models.IntegerField(default=0)
    delay = text_field(32)


class Invoice(Mirror):
    """An invoice or a credit note to a customer."""

    OUT_INVOICE = "out_invoice"
    POSTED = "posted"

    name = text_field(64)
    kind = text_field(16)
    state = text_field(16)
    payment_state = text_field(24)
    customer = Reference(Partner)
    customer_odoo_id = odoo_id_field()
    invoice_date = models.DateField(null=True)
    due_date = models.DateField(null=True)
    total = amount_field()
    residual = amount_field()
    currency = Reference(Currency)
    currency_odoo_id = odoo_id_field()
    origin = text_field()

    def __str__(self) -> str:
        return self.name


class Payment(Mirror):
    """Money from a customer or to one; born here when a driver takes it.

    ``order`` is what it was taken for, which only we know. ``state`` is empty until Odoo has it.
    """

    OURS: ClassVar[frozenset[str]] = frozenset({"order"})
    INBOUND = "inbound"
    VOID = ("canceled", "rejected")

    name = text_field(64)
    state = text_field(16)
    kind = text_field(16)
    customer = Reference(Partner)
    customer_odoo_id = odoo_id_field()
    amount = amount_field()
    currency = Reference(Currency)
    currency_odoo_id = odoo_id_field()
    payment_date = models.DateField(null=True)
    memo = text_field()
    is_reconciled = models.BooleanField(default=False)
    journal = Reference("odoo_bridge.Journal", related_name="payments")
    journal_odoo_id = odoo_id_field()
    invoice_ids = ArrayField(models.BigIntegerField(), default=list)
    order = Reference("odoo_bridge.SaleOrder", related_name="payments")

    def __str__(self) -> str:
        return self.name
