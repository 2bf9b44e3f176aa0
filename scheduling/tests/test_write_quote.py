"""What was said that a delivery costs, written to an order."""

import threading
import time
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from odoo_bridge.models import OutboxEntry, SaleOrder, SaleOrderLine, Stream
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.local.ports import wait_until
from portal.testing.mirrors import (
    CurrencyFactory,
    PartnerFactory,
    PickingFactory,
    ProductFactory,
    SaleOrderFactory,
)
from portal.testing.sessions import PAST_THE_OTHERS_LOOK, in_another_session, other_session
from scheduling.models import DeliveryRates, Job, MaterialCharge, Place, Quote
from scheduling.services.write_quote import write_quote

pytestmark = pytest.mark.django_db
ADDRESS = "2 Main St, Greenup, KY 41144"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def way():
    product = ProductFactory(name="Delivery", kind="service", unit_odoo_id=1)
    DeliveryRates.objects.create(pk=1, per_mile=Decimal("3.5"), base_fee=20, product=product)
    return product


@pytest.fixture
def quote(office):
    place = Place.objects.create(key="2 main", address=ADDRESS)
    return a_quote(office, place)


def a_quote(office, place, **values):
    lines = [{"label": "Base fee", "how": "", "amount": "20.00"}]
    lines.append({"label": "Way", "how": "20.0 miles", "amount": "70.00"})
    defaults = {"total": Decimal(90), "metres": 32187, "source": "PERSON", "currency": "USD"}
    return Quote.objects.create(
        place=place, lines=lines, made_by=office.user, **{**defaults, **values}
    )


def page(quote):
    return reverse("scheduling:quote-orders", args=[quote.uuid])


def write(office, quote, order):
    where = reverse("scheduling:quote-write", args=[quote.uuid])
    return office.post(where, {"order": getattr(order, "uuid", order)}, follow=True)


def test_one_tap_writes_it_and_a_second_one_nothing_more(office, quote, way):
    order = SaleOrderFactory(name="S00042")
    shown = office.get(page(quote)).text
    assert "Write it to S00042" in shown

    told = write(office, quote, order).text
    write(office, quote, order)

    entry = OutboxEntry.objects.get()
    item = entry.payload["item"]
    assert (entry.command, entry.stream.key) == ("SetDeliveryLine", f"order:{order.uuid}")
    assert (item["product_odoo_id"], Decimal(item["price"])) == (way.odoo_id, 90)
    text = f"Delivery to {ADDRESS}, 20.0 miles\nBase fee 20.00, Way 70.00"
    assert (item["description"], entry.payload["currency"]) == (text, "USD")
    assert "Written to S00042." in told
    assert "not in Odoo yet" in told
    assert AuditRow.objects.filter(what="delivery price written").count() == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [("DONE", "in Odoo"), ("PARKED", "Odoo said no"), ("DROPPED", "dropped"), ("QUEUED", "yet")],
)
def test_the_quote_says_how_it_stands(office, quote, way, state, words):
    write(office, quote, SaleOrderFactory(name="S00042"))
    OutboxEntry.objects.update(state=state, last_error="It is locked.", note="no")

    for shown in (office.get(page(quote)).text, office.get("/quotes/").text):
        assert "on S00042" in shown
        assert words in shown
        assert ("It is locked." in shown) == (state == "PARKED")


def test_a_later_price_takes_the_place_of_an_earlier_one(office, quote, way):
    order = SaleOrderFactory()
    write(office, quote, order)
    later = a_quote(office, quote.place, total=Decimal(120))

    write(office, later, order)

    quote.refresh_from_db()
    assert (quote.order, quote.entry) == (None, None)
    assert Quote.objects.get(order=order) == later
    first, second = OutboxEntry.objects.order_by("seq")
    assert first.payload["item"]["line_uuid"] == second.payload["item"]["line_uuid"]


def test_what_odoo_refused_is_decided_under_sync_and_holds_up_the_next(office, quote, way):
    order = SaleOrderFactory()
    write(office, quote, order)
    OutboxEntry.objects.update(state="PARKED", last_error="It is locked.")

    assert "Odoo said no to that: It is locked." in write(office, quote, order).text
    assert OutboxEntry.objects.count() == 1

    later = a_quote(office, quote.place, total=Decimal(120))
    assert "It waits for something else about the order" in write(office, later, order).text


def test_what_was_dropped_is_written_again(office, quote, way):
    order = SaleOrderFactory()
    write(office, quote, order)
    OutboxEntry.objects.update(state="DROPPED", note="no")
    write(office, quote, order)
    assert OutboxEntry.objects.count() == 2


def test_what_somebody_removed_in_odoo_is_written_again(office, quote, way):
    order = SaleOrderFactory(name="S00042")
    write(office, quote, order)
    OutboxEntry.objects.update(state="DONE")
    line = SaleOrderLine.objects.create(order=order, odoo_id=77, is_delivery_fee=True)
    SaleOrder.objects.update(line_ids=[77])
    write(office, quote, order)
    assert OutboxEntry.objects.count() == 1, "it is there"

    SaleOrder.objects.update(line_ids=[])
    write(office, quote, order)

    assert line.order == order, "a line that was taken off may still be mirrored"
    assert OutboxEntry.objects.latest("seq").payload["anew"] is True


@pytest.mark.parametrize("state", ["QUEUED", "DONE", "DROPPED"])
def test_the_order_that_had_the_price_before_is_named(office, quote, way, state):
    write(office, quote, SaleOrderFactory(name="S00041"))
    OutboxEntry.objects.update(state=state, note="no")

    told = write(office, quote, SaleOrderFactory(name="S00042")).text

    assert "Written to S00042." in told
    assert ("It was written to S00041 before" in told) == (state != "DROPPED")


def test_orders_of_the_place_come_first_and_words_narrow_them(office, quote):
    here = PartnerFactory()
    picking = PickingFactory(destination=here)
    Job.objects.create(picking=picking, order=picking.order, place=quote.place)
    firm = PartnerFactory(name="Hill & Sons")
    SaleOrderFactory(name="S2", customer=PartnerFactory(name="Yard", parent=firm))
    SaleOrderFactory(name="S3", state="cancel")
    SaleOrderFactory(name="S4", invoice_state="invoiced")
    draft = SaleOrderFactory(name="S5", state="draft", delivery_address=here)
    SaleOrder.objects.filter(pk=draft.pk).update(name="", odoo_id=None)

    shown = office.get(page(quote)).context["orders"]
    assert [one.goes_there for one in shown] == [True, True, False]
    assert shown[2].name == "S2"
    assert "the new order" in office.get(page(quote)).text
    found = office.get(page(quote), {"q": "hill s2"}, headers=HTMX)
    assert [one.name for one in found.context["orders"]] == ["S2"]
    assert "<html" not in found.text
    assert "No open order has these words" in office.get(page(quote), {"q": "zz"}).text


def test_without_orders_the_page_says_what_to_do(office, quote):
    assert "One that is typed in Odoo appears here" in office.get(page(quote)).text


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"state": "cancel"}, "takes no price any more"),
        ({"invoice_state": "invoiced"}, "takes no price any more"),
        ({"currency": "EUR"}, "is in EUR, and the price was said in USD"),
    ],
)
def test_what_takes_no_price_is_refused(office, quote, way, order, words):
    if "currency" in order:
        order = {"currency": CurrencyFactory(odoo_id=2, name="EUR")}
    assert words in write(office, quote, SaleOrderFactory(**order)).text
    assert not OutboxEntry.objects.exists()


def test_without_a_product_nothing_is_written(office, quote):
    order = SaleOrderFactory(currency=None)
    assert "Nobody has chosen the product" in write(office, quote, order).text
    product = ProductFactory(kind="service", active=False)
    DeliveryRates.objects.create(pk=1, product=product)
    assert "Nobody has chosen the product" in write(office, quote, order).text
    type(product).objects.update(active=True, unit_odoo_id=None)
    assert "is not known yet" in write(office, quote, order).text
    type(product).objects.update(unit_odoo_id=1)
    assert "Written to" in write(office, quote, order).text


def test_what_is_no_order_is_not_found(office, quote, way):
    assert write(office, quote, "x").status_code == 404


def test_the_product_is_chosen_on_the_price_page(signed_in, way):
    boss = signed_in(Role.ADMIN)
    shown = boss.get("/setup/prices/").text
    assert f'<option value="{way.pk}" selected>' in shown
    goods = ProductFactory(kind="consu")
    values = {"per_mile": 1, "base_fee": 0, "minimum": 0, "free_miles": 0}
    values |= {"fuel_percent": 0, "road_factor": 1, "product": goods.pk}
    answer = boss.post(reverse("scheduling:prices-change"), values)
    assert answer.status_code == 422, "goods are no service"


def test_an_order_brings_its_address_and_load_and_takes_the_price_back(office, way):
    oak = ProductFactory()
    MaterialCharge.objects.create(product=oak, per_unit=Decimal(4))
    home = PartnerFactory(street="2 Main St", city="Greenup", postcode="41144")
    order = SaleOrderFactory(name="S00042", delivery_address=home)
    SaleOrderLine.objects.create(order=order, product=oak, quantity=Decimal(2), odoo_id=1)

    form = office.get(f"/quotes/?order={order.uuid}").context["form"]
    assert (form["product"].value(), form["quantity"].value()) == (oak.pk, 2)
    assert "2 Main St" in form["address"].value()
    asked = {name: form[name].value() or "" for name in form.fields} | {"miles": "20"}
    shown = office.post(reverse("scheduling:quote"), asked, headers=HTMX).text
    assert "Write it to S00042" in shown
    assert "98.00" in shown

    bare = SaleOrderFactory(delivery_address=None)
    assert office.get(f"/quotes/?order={bare.uuid}").context["form"]["address"].value() == ""
    assert office.get("/quotes/?order=x").context["order"] is None


def test_a_quote_on_an_order_has_its_promise(office, quote):
    with pytest.raises(IntegrityError, match="a_quote_on_an_order"), transaction.atomic():
        Quote.objects.update(order=SaleOrderFactory())


def test_two_at_once_are_one_promise(office, quote, way):
    order = SaleOrderFactory()
    for _time in range(2):
        write_quote(quote_uuid=quote.uuid, order_uuid=order.uuid, by=office.user)
    assert OutboxEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_begins_anew_where_a_worker_settles_what_was_sent_for_the_order(office, quote, way):
    order = SaleOrderFactory()
    stream = Stream.objects.create(key=f"order:{order.uuid}")
    waits = "select from pg_stat_activity where %s = any(pg_blocking_pids(pid))"
    keys = {"quote_uuid": quote.uuid, "order_uuid": order.uuid, "by": office.user}
    writing = threading.Thread(target=in_another_session, args=[lambda: write_quote(**keys)])

    with other_session() as worker, other_session() as gate, other_session() as looker:
        looker.autocommit = True

        def settle():
            worker.execute("select from odoo_bridge_saleorder where id = %s for update", [order.pk])
            worker.commit()

        def is_waited_for(session):
            return looker.execute(waits, [session.info.backend_pid]).rowcount == 1

        worker.execute("select from odoo_bridge_stream where id = %s for update", [stream.pk])
        gate.execute("select from scheduling_quote where id = %s for update", [quote.pk])
        writing.start()
        wait_until(lambda: is_waited_for(gate), what="the wait")
        settling = threading.Thread(target=settle)
        settling.start()
        time.sleep(PAST_THE_OTHERS_LOOK)  # so that it is who writes that loses
        gate.commit()
        writing.join()
        settling.join()

    assert OutboxEntry.objects.get().command == "SetDeliveryLine"
