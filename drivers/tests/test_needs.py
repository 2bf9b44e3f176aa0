"""How much an act is wanted: of everybody, of a customer, with a product."""

import pytest
from django.db import IntegrityError, transaction

from drivers.models import Requirement
from drivers.tests.phone import DAY, phone_of
from portal.testing.mirrors import MoveFactory, PartnerFactory, ProductFactory
from portal.testing.yard import PickupFactory, StopFactory
from scheduling.models import Job

pytestmark = pytest.mark.django_db


def want(act, level, **whom):
    return Requirement.objects.create(act=act, level=level, **whom)


@pytest.fixture
def order(stop):
    return stop.job.picking.order


@pytest.fixture
def product(stop):
    return stop.job.picking.moves.get().product


def test_without_a_word_the_defaults_hold(phone, stop):
    [run] = phone.day()

    assert run["needs"] == {"VEHICLE": "WARN", "LOADED": "OPTIONAL"}
    assert run["stops"][0]["needs"] == {
        **dict.fromkeys(("ON_MY_WAY", "ARRIVED", "PHOTO", "SIGNED", "NOTED"), "OPTIONAL"),
        "COLLECTED": "WARN",
    }


def test_a_customer_s_own_level_beats_all_others_both_ways(phone, stop, order, product):
    want("PHOTO", "REQUIRED")
    want("PHOTO", "WARN", product=product)
    assert phone.told(stop)["needs"]["PHOTO"] == "WARN"

    own = want("PHOTO", "OFF", customer=order.customer)
    assert phone.told(stop)["needs"]["PHOTO"] == "OFF"
    own.level = "REQUIRED"
    own.save()
    assert phone.told(stop)["needs"]["PHOTO"] == "REQUIRED"


def test_a_company_s_level_holds_for_its_addresses(phone, stop, order):
    company = PartnerFactory()
    order.customer.parent = company
    order.customer.save()
    want("SIGNED", "REQUIRED", customer=company)
    assert phone.told(stop)["needs"]["SIGNED"] == "REQUIRED"

    want("SIGNED", "OFF", customer=order.customer)
    assert phone.told(stop)["needs"]["SIGNED"] == "OFF", "its own is nearer"


def test_of_several_products_the_strictest_counts(phone, stop, product):
    other = MoveFactory(picking=stop.job.picking, product=ProductFactory())
    stop.job.picking.move_ids.append(other.odoo_id)
    stop.job.picking.save()
    want("PHOTO", "WARN")
    want("PHOTO", "OFF", product=product)
    assert phone.told(stop)["needs"]["PHOTO"] == "WARN", "as for everybody, for the other product"

    want("PHOTO", "REQUIRED", product=other.product)
    assert phone.told(stop)["needs"]["PHOTO"] == "REQUIRED"


def test_what_nobody_knows_is_wanted_as_of_everybody(stop):
    stop.job.picking.moves.update(product=None)
    stop.job.picking.order.customer = None
    stop.job.picking.order.save()
    want("PHOTO", "WARN")

    assert phone_of(stop).told(stop)["needs"]["PHOTO"] == "WARN"


def test_a_run_is_loaded_as_its_strictest_stop_wants_and_not_what_it_fetches(phone, stop, order):
    second = StopFactory(run=stop.run, position=1)
    StopFactory(run=stop.run, position=2, job__state=Job.State.CANCELLED)
    want("LOADED", "REQUIRED", customer=second.job.picking.order.customer)
    assert phone.day()[0]["needs"]["LOADED"] == "REQUIRED"

    Job.objects.filter(pk=second.job_id).update(state=Job.State.CANCELLED)
    assert phone.day()[0]["needs"]["LOADED"] == "OPTIONAL"


def test_a_run_that_only_fetches_has_no_load_to_check():
    stop = StopFactory(job=PickupFactory(state=Job.State.SCHEDULED))
    want("LOADED", "REQUIRED")

    assert phone_of(stop).day()[0]["needs"]["LOADED"] == "OFF"


def test_what_was_done_is_told_and_what_was_refused_was_not(phone, stop):
    phone.do("VEHICLE", stop.run, defects="")
    phone.do("NOTED", stop, text="Dog")
    phone.do("COLLECTED", stop, method="CASH", amount="1")
    [run] = phone.day()

    assert (run["did"], run["stops"][0]["did"]) == (["VEHICLE"], ["NOTED"])


def test_why_no_money_was_taken_is_told_to_every_phone(phone, stop):
    phone.do("NOTED", stop, text="Dog")
    phone.do("NOTED", stop, text="x" * 3000, instead_of="COLLECTED")
    assert phone.told(stop)["excused"] is False

    phone.do("NOTED", stop, text="Pays on Friday", instead_of="COLLECTED")
    assert phone.told(stop)["excused"] is True


def test_the_day_is_another_one_as_soon_as_something_else_is_wanted(phone, stop):
    tag = phone.client.get(DAY)["ETag"]
    assert phone.client.get(DAY, headers={"If-None-Match": tag}).status_code == 304

    want("PHOTO", "REQUIRED")

    assert phone.client.get(DAY, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"act": "STARTED"}, "act_of_ours"),
        ({"level": "NEVER"}, "level_of_ours"),
        ({"act": "VEHICLE", "customer": True}, "everybody_alike"),
        ({"customer": True, "product": True}, "customer_or_a_product"),
    ],
)
def test_the_database_keeps_what_can_be_wanted(values, rule):
    made = {"customer": PartnerFactory, "product": ProductFactory}
    values = {name: made[name]() if value is True else value for name, value in values.items()}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        want(**{"act": "PHOTO", "level": "WARN", **values})


@pytest.mark.parametrize("made", [{}, {"customer": PartnerFactory}, {"product": ProductFactory}])
def test_one_thing_is_wanted_once(made):
    whom = {name: factory() for name, factory in made.items()}
    row = want("PHOTO", "WARN", **whom)
    assert str(row) == "Photo: ask when it is missing"
    assert row.whom == "".join(str(one) for one in whom.values())
    with pytest.raises(IntegrityError, match="one_requirement"), transaction.atomic():
        want("PHOTO", "OFF", **whom)
    want("SIGNED", "OFF", **whom)
