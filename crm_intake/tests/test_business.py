"""What a person has to do with us stands beside the talk: leads, orders, deliveries, invoices."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from crm_intake.tests.talk import ANN, HTMX, page_of
from odoo_bridge.models import LeadRecord
from portal.testing.mirrors import (
    CurrencyFactory,
    InvoiceFactory,
    PartnerFactory,
    PickingFactory,
    SaleOrderFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def dollar():
    return CurrencyFactory()


@pytest.fixture
def page(office, ann):
    """Return how to read Ann's page."""
    return lambda: " ".join(office.get(page_of(ann), headers=HTMX).text.split())


def test_all_that_odoo_has_of_a_person_is_shown(page, dollar):
    customer = PartnerFactory(phone=ANN, name="Ann Miller", street="1 Oak St")
    order = SaleOrderFactory(
        customer=customer, name="S00041", state="sale", total=Decimal(900), currency=dollar
    )
    noon = dt.datetime(2026, 11, 20, 17, tzinfo=dt.UTC)
    PickingFactory(order=order, name="WH/OUT/7", state="done", done_at=noon)
    PickingFactory(order=order, name="WH/OUT/8", state="assigned", scheduled_at=timezone.now())
    bill = {"customer": customer, "currency": dollar, "invoice_date": DAY}
    InvoiceFactory(name="INV/1", payment_state="paid", residual=Decimal(0), **bill)
    InvoiceFactory(name="INV/2", payment_state="partial", residual=Decimal(100), **bill)

    read = page()
    for words in (
        "Ann Miller",
        "1 Oak St",
        '<a href="/quotes/?address=1%20Oak%20St',
        'S00041 <span class="figure">$ 900.00</span> <span class="chip">ordered</span>',
        'WH/OUT/7 20 Nov <span class="chip fine">delivered</span>',
        '<span class="chip">ready</span>',
        'INV/1 <span class="figure">$ 412.00</span> <span class="chip fine">paid</span>',
        'INV/2 <span class="figure">$ 412.00</span> <span class="chip warn">▲ partly paid</span>',
        "$ 100.00 open",
    ):
        assert words in read, words


def test_what_the_company_ordered_counts_and_what_others_did_does_not(page, dollar):
    company = PartnerFactory(name="Miller Ltd")
    PartnerFactory(phone=ANN, name="Ann", parent=company)
    SaleOrderFactory(customer=company, name="S00050", currency=dollar)
    SaleOrderFactory(name="S00051", currency=dollar)
    SaleOrderFactory(customer=company, name="S00052", deleted_at=timezone.now())
    InvoiceFactory(customer=company, name="INV/9", state="draft", currency=dollar)

    read = page()
    assert "S00050" in read
    for other in ("S00051", "S00052", "INV/9"):
        assert other not in read


@pytest.mark.parametrize(
    ("values", "shown"), [({}, "new"), ({"active": False}, "lost"), ({"odoo_id": 7}, "new")]
)
def test_a_lead_stands_there_though_no_customer_does(page, values, shown):
    LeadRecord.objects.update(**values)
    read = page()
    lead = LeadRecord.objects.get()
    assert "No customer is known there under this number." in read
    assert f'<a href="/leads/{lead.uuid}/">Text from +1 606-555-0123</a>' in read
    assert f'<span class="chip">{shown}</span>' in read


def test_a_state_that_nobody_has_named_is_shown_as_it_is(page, dollar):
    SaleOrderFactory(customer=PartnerFactory(phone=ANN), name="S1", state="odd", currency=dollar)
    assert '<span class="chip">odd</span>' in page()
