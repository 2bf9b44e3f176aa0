import datetime as dt

import pytest

from portal.local import odoo
from portal.local.demo_business import DemoFailed, Json2, make_demo_business
from portal.local.odoo_config import TEMPLATE
from portal.local.ports import free_port
from portal.testing.real_odoo import copy_of

pytestmark = pytest.mark.odoo


@pytest.fixture
def db():
    if odoo.outside():
        pytest.fail("ODOO_URL names an Odoo elsewhere, which is not ours to fill: unset it.")
    database = copy_of(TEMPLATE)
    return Json2(url=database.url, database=database.database, key=database.admin_key)


def make(db):
    return make_demo_business(
        url=db.url, database=db.database, admin_key=db.key, today=dt.date(2026, 11, 21)
    )


def test_makes_orders_that_could_be_delivered_and_makes_them_once(db):
    demo = make(db)

    states = db.call("stock.picking", "search_read", domain=[["id", "in", demo.pickings]])
    assert {picking["state"] for picking in states} == {"assigned"}
    assert len(demo.pickings) == len(demo.orders) == 21
    assert make(db) == demo


def test_leaves_what_a_person_changed(db):
    demo = make(db)
    db.call("fleet.vehicle", "write", ids=demo.trucks[:1], vals={"license_plate": "NEW 1"})

    make(db)

    [truck] = db.call("fleet.vehicle", "read", ids=demo.trucks[:1], fields=["license_plate"])
    assert truck["license_plate"] == "NEW 1"


def test_says_what_odoo_said(db):
    with pytest.raises(DemoFailed, match=r"404 the model 'no\.such' does not exist"):
        db.call("no.such", "search")


def test_says_in_one_sentence_that_odoo_does_not_answer():
    nobody = Json2(url=f"http://127.0.0.1:{free_port()}", database="odoo", key="k")

    with pytest.raises(DemoFailed, match=r"does not answer \(ConnectionError\)$"):
        nobody.call("res.users", "context_get")
