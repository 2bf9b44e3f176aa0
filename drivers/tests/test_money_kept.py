"""Money that a driver has in hand, and that the office has to decide about, is never lost."""

from decimal import Decimal

import pytest

from drivers.models import CardLink, Collection, StopAction
from drivers.services.decide_act import decide_act
from drivers.tests.phone import CASH
from odoo_bridge.models import Move, OutboxEntry, Partner
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from scheduling.models import Job
from scheduling.selectors.collect import to_collect

pytestmark = pytest.mark.django_db
BOTH = ["KEPT", "KEPT"]
DONE = ("APPLIED", "")


@pytest.fixture
def office(person):
    return person(Role.OFFICE)


@pytest.fixture
def delivered(phone, stop):
    assert phone.do("DELIVERED", stop) == DONE
    return phone


def delivered_and(phone, stop, what, **details):
    """Hand over and be paid, as the phone says it later; return both acts."""
    delivered = phone.act("DELIVERED", stop)
    return delivered, phone.act(what, stop, after=delivered["id"], **details)


def decide(what, office, *, counts=True):
    action = StopAction.objects.get(what=what)
    decide_act(action_id=action.pk, counts=counts, note="" if counts else "By hand", by=office)


def test_money_for_a_delivery_that_was_kept_is_kept_and_counts_after_it(phone, stop, office):
    acts = delivered_and(phone, stop, "COLLECTED", **CASH, amount="412.00")
    Move.objects.update(demand=1)

    answers = phone.send(*acts)

    assert [verdict for verdict, _ in answers] == BOTH
    assert answers[1][1].startswith("The delivery is kept for the office, and so is this.")
    assert phone.send(*acts) == answers
    with pytest.raises(UserFacingError, match="Decide about the delivery first"):
        decide("COLLECTED", office)
    decide("DELIVERED", office)
    decide("COLLECTED", office)
    with pytest.raises(UserFacingError, match="has decided"):
        decide("COLLECTED", office)
    assert Collection.objects.get().amount == 412
    assert OutboxEntry.objects.filter(command="CollectPayment").count() == 1


def test_money_counts_though_its_delivery_was_settled_otherwise(phone, stop, office):
    acts = delivered_and(phone, stop, "COLLECTED", **CASH, amount="412.00")
    Move.objects.update(demand=1)
    assert [verdict for verdict, _ in phone.send(*acts)] == BOTH

    decide("DELIVERED", office, counts=False)
    decide("COLLECTED", office)

    assert Collection.objects.get().amount == 412


def test_money_that_is_told_after_the_office_has_settled_the_delivery_is_kept(phone, stop, office):
    Job.objects.update(state=Job.State.CANCELLED)
    assert phone.do("DELIVERED", stop)[0] == "KEPT"
    decide("DELIVERED", office, counts=False)

    assert phone.do("COLLECTED", stop, **CASH, amount="412.00")[0] == "KEPT"


def test_a_link_for_a_delivery_that_was_kept_is_kept_and_asked_for_after_it(phone, stop, office):
    Partner.objects.filter(pk=stop.job.picking.destination_id).update(phone="(606) 555-0123")
    acts = delivered_and(phone, stop, "CARD_LINK", amount="412.00")
    Move.objects.update(demand=1)
    assert [verdict for verdict, _ in phone.send(*acts)] == BOTH

    with pytest.raises(UserFacingError, match="Decide about the delivery first"):
        decide("CARD_LINK", office)
    decide("DELIVERED", office)
    decide("CARD_LINK", office)

    assert CardLink.objects.count() == 1


@pytest.mark.parametrize(("amount", "due"), [("300.00", "300.00"), ("500", "500"), ("480", "500")])
def test_money_that_was_right_when_the_phone_read_its_day_is_kept(
    delivered, stop, office, amount, due
):
    verdict, words = delivered.do("COLLECTED", stop, **CASH, amount=amount, due=due)

    assert (verdict, "$\u00a0412.00 is due here now, and" in words) == ("KEPT", True)
    assert not Collection.objects.exists()
    decide("COLLECTED", office)
    collection = Collection.objects.get()
    assert (collection.amount, collection.due) == (Decimal(amount), 412)
    assert collection.reason == "The price changed meanwhile: the office lets it count."
    entry = OutboxEntry.objects.get(command="CollectPayment")
    assert Decimal(entry.payload["amount"]) == Decimal(amount), "the rest is a credit in Odoo"
    assert to_collect([stop])[stop.pk] == max(Decimal(412) - Decimal(amount), 0)


@pytest.mark.parametrize(
    ("amount", "due", "said"),
    [
        ("10000000", "", "Amount: type a number"),
        ("99999", None, "at most"),
        ("501", "500", "at most"),
        ("299", "300", "Say why it is less"),
        ("300", "much", "cannot read this (due)"),
    ],
)
def test_an_odd_amount_that_never_was_due_is_refused(delivered, stop, amount, due, said):
    verdict, words = delivered.do("COLLECTED", stop, **CASH, amount=amount, due=due)

    assert (verdict, said in words) == ("REFUSED", True)


def test_what_is_still_due_counts_at_once(delivered, stop):
    assert delivered.do("COLLECTED", stop, **CASH, amount="412.00", due="412.00") == DONE


def test_money_of_a_cancelled_delivery_counts_when_the_office_says_so(phone, stop, office):
    acts = delivered_and(phone, stop, "COLLECTED", **CASH, amount="412.00", due="412.00")
    Job.objects.update(state=Job.State.CANCELLED)
    assert [verdict for verdict, _ in phone.send(*acts)] == BOTH

    decide("DELIVERED", office, counts=False)
    decide("COLLECTED", office)

    collection = Collection.objects.get()
    assert (collection.amount, collection.due) == (412, 0)
