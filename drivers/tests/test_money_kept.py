"""Money that a driver has in hand, and that the office has to decide about, is never lost."""

import pytest

from drivers.models import CardLink, Collection, StopAction
from drivers.services.decide_act import decide_act
from drivers.tests.phone import CASH
from odoo_bridge.models import Move, OutboxEntry, Partner
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from scheduling.models import Job

pytestmark = pytest.mark.django_db
BOTH = ["KEPT", "KEPT"]


@pytest.fixture
def office(person):
    return person(Role.OFFICE)


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
