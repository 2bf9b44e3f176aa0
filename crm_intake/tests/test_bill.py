"""What texts cost: the price is kept with each, and summed by months."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.utils import timezone

from crm_intake.models import IntakeRules, OutgoingText
from crm_intake.selectors.bill import bill
from crm_intake.tasks import send_texts
from crm_intake.tests.sending import ANN, fresh, send
from crm_intake.tests.talk import page_of
from portal.accounts.models import Role
from portal.setup.selectors.profile import business_profile

pytestmark = pytest.mark.django_db
PAGE = "/inbox/deliveries/"
RULES = {"new_lead_after_days": "7", "leads_of_taken_calls": "ALL"}


def went_out(when, *, segments=1, state="SENT", price="0.0079", currency="USD", **values):
    return OutgoingText.objects.create(
        number=ANN,
        text="On our way.",
        segments=segments,
        state=state,
        segment_price=price and Decimal(price),
        currency=currency if price else "",
        handed_over_at=timezone.make_aware(dt.datetime.fromisoformat(when)),
        **values,
    )


def test_the_price_is_said_on_the_set_up_page(signed_in):
    admin = signed_in(Role.ADMIN)

    assert "Price of a text" in admin.get("/setup/").text
    for price, kept in [("0.0079", Decimal("0.0079")), ("", None)]:
        admin.post("/setup/intake", {**RULES, "segment_price": price})
        assert IntakeRules.objects.get().segment_price == kept
    for price in ("-1", "0.00791", "10000", "cheap", "NaN"):
        answer = admin.post("/setup/intake", {**RULES, "segment_price": price})
        assert answer.status_code == 422, price


def test_a_text_keeps_the_price_that_held_when_it_went_out(noon, customer, provider):
    profile = business_profile()
    profile.currency = "CAD"
    profile.save()
    before, rules = send(), IntakeRules.objects.create(pk=1)
    send_texts()
    IntakeRules.objects.update(segment_price="0.0079")
    after = send(text="At your gate.")
    assert after.segment_price is None
    send_texts()
    rules.segment_price = Decimal(1)
    rules.save()

    assert (fresh(before).state, before.segment_price, before.currency) == ("SENT", None, "")
    assert (fresh(after).segment_price, after.currency) == (Decimal("0.0079"), "CAD")


def test_a_price_is_of_a_currency():
    with pytest.raises(IntegrityError, match="a_price_is_of_a_currency"):
        went_out("2026-11-01", currency="")


def test_what_went_out_is_summed_by_months_of_the_business(noon):
    went_out("2026-11-01 00:00", segments=3)
    went_out("2026-11-22", state="DELIVERED")
    went_out("2026-11-22", state="FAILED", provider_id="AC1")
    went_out("2026-10-31 23:59", segments=2, currency="CAD")
    went_out("2026-10-01 00:00", segments=4, price=None)
    went_out("2026-09-30 23:59")
    went_out("2026-11-24")  # of a clock that was wrong
    for state in ("SENDING", "UNKNOWN", "FAILED", "DROPPED", "QUEUED"):
        went_out("2026-11-22", state=state)

    this, last = bill(timezone.now())

    assert (this.begins.month, this.texts, this.segments, this.unpriced) == (11, 3, 5, 0)
    assert this.costs == [("USD", 5 * Decimal("0.0079"))]
    assert (last.begins.month, last.texts, last.segments, last.unpriced) == (10, 2, 6, 4)
    assert last.costs == [("CAD", 2 * Decimal("0.0079"))]


def test_the_page_says_what_is_known_and_what_is_not(noon, signed_in):
    office = signed_in(Role.OFFICE)
    page = office.get(PAGE).text
    assert "November 2026" in page
    assert "unknown price" not in page
    for _one in range(100):
        went_out("2026-11-22", segments=2)
    went_out("2026-10-22", price=None)

    page = office.get(PAGE).text

    assert "USD\u00a01.58" in page
    assert "1 segment of unknown price" in page


@pytest.mark.parametrize(
    ("values", "cost"),
    [
        ({}, "0.0158"),
        ({"state": "DELIVERED"}, "0.0158"),
        ({"state": "FAILED", "provider_id": "AC1"}, "0.0158"),
        ({"state": "FAILED"}, None),
        ({"state": "QUEUED"}, None),
        ({"price": None}, None),
        ({"segments": 1}, None),
        ({"price": "0"}, "0"),
    ],
)
def test_a_long_text_says_what_it_cost(office, ann, values, cost):
    went_out("2026-11-22", **{"segments": 2, "person": ann, **values})

    page = office.get(page_of(ann)).text

    assert ("costs 2 texts" in page) is (values.get("segments") != 1)
    assert re.findall(r"USD&nbsp;([0-9.]+)", page) == ([cost] if cost else [])
