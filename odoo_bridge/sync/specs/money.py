"""What is to be paid and when, what was paid, and the journals that it is kept in."""

from odoo_bridge import models
from odoo_bridge.sync.columns import (
    MirrorSpec,
    day,
    flag,
    ids,
    money,
    plain_id,
    reference,
    text,
    whole,
)

PAYMENT_TERM = MirrorSpec(
    models.PaymentTerm, "account.payment.term", (text("name", "name"),), topic="orders"
)
PAYMENT_TERM_LINE = MirrorSpec(
    models.PaymentTermLine,
    "account.payment.term.line",
    (
        reference("term", "payment_id"),
        whole("days", "nb_days"),
        text("delay", "delay_type", most=32),
    ),
    topic="orders",
)
JOURNAL = MirrorSpec(
    models.Journal,
    "account.journal",
    (
        text("name", "name"),
        text("code", "code", most=16),
        text("kind", "type", most=16),
        reference("currency", "currency_id"),
        reference("company", "company_id"),
        plain_id("account_odoo_id", "default_account_id"),
        flag("active", "active"),
    ),
    topic="money",
)
INVOICE = MirrorSpec(
    models.Invoice,
    "account.move",
    (
        text("name", "name", most=64),
        text("kind", "move_type", most=16),
        text("state", "state", most=16),
        text("payment_state", "payment_state", most=24),
        reference("customer", "partner_id"),
        day("invoice_date", "invoice_date"),
        day("due_date", "invoice_date_due"),
        money("total", "amount_total"),
        money("residual", "amount_residual"),
        reference("currency", "currency_id"),
        text("origin", "invoice_origin"),
    ),
    topic="money",
    only=(["move_type", "in", ["out_invoice", "out_refund"]],),
    tells="account.move",
)
PAYMENT = MirrorSpec(
    models.Payment,
    "account.payment",
    (
        text("name", "name", most=64),
        text("state", "state", most=16),
        text("kind", "payment_type", most=16),
        reference("customer", "partner_id"),
        money("amount", "amount"),
        reference("currency", "currency_id"),
        day("payment_date", "date"),
        text("memo", "memo"),
        flag("is_reconciled", "is_reconciled"),
        reference("journal", "journal_id"),
        ids("invoice_ids", "invoice_ids"),
    ),
    topic="money",
    tells="account.payment",
)
