"""The main job in one story: a text, a lead, an order, the board, the driver, the money, the day.

Everything is real: the processes, the broker, Odoo behind the faulty proxy, the browsers. On the
way the worker is killed once in each saga, and Odoo is down for ten seconds.
"""

import os
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from crm_intake.ledger.kinds import Purpose
from crm_intake.ledger.standing import SAID_STOP
from crm_intake.services.send_text import send_text
from odoo_bridge.client import OdooClient
from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.local.faulty_calls import every_call, of_method
from portal.testing.running import within
from portal.tests.e2e.board import card, drag, lane
from portal.tests.story.conftest import OUTAGE, OWNER, leads_saying, text_of, words
from portal.tests.story.yard_in_odoo import Sale, Yard, confirm_order, find, make_yard, read
from scheduling.models import DriverProfile

pytestmark = [pytest.mark.odoo, pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
SEEN_IN_ODOO = 60  # seconds, a killed worker's lease and a lost answer's wait included


@pytest.fixture
def killed_at(portal, proxy):
    """Kill the worker, all of it, when Odoo has answered such a call; then start another one."""

    def group_of_worker():
        return -os.getpgid(portal.pid("worker"))

    @contextmanager
    def kill(model, method, also=every_call):
        wanted = of_method(model, method)
        point = proxy.kill(
            group_of_worker, after_call=1, counting=lambda call: wanted(call) and also(call)
        )
        yield
        assert point.fired.wait(30), f"{model}.{method} was never called"
        portal.start("worker")

    return kill


@dataclass
class Story:
    """What the chapters share."""

    office: Page
    bot: OdooClient
    yard: Yard
    sale: Sale


@pytest.fixture
def story(office, bot, provisioned_odoo):
    admin = provisioned_odoo.client()
    return Story(office=office, bot=bot, yard=make_yard(admin), sale=confirm_order(admin))


def all_done(command):
    """Say whether all that was promised of this kind is done."""
    entries = OutboxEntry.objects.filter(command=command)
    return entries.exists() and not entries.exclude(state="DONE").exists()


def test_the_main_job_from_a_text_to_the_director(story, quo, sign_in, proxy, killed_at):
    somebody_texts_and_says_stop(story, quo, killed_at)
    yard = story.yard
    phone = sign_in(Role.DRIVER, "/driver/", PHONE, odoo_employee_id=yard.employee, name="Walt")
    the_office_plans_the_order(story, killed_at)
    planned_in_odoo(story)
    the_driver_delivers_while_odoo_is_down(story, phone, proxy)
    paying = killed_at("account.payment", "action_post")
    with paying, killed_at("stock.picking", "button_validate"):
        proxy.up()
    within(2 * SEEN_IN_ODOO, lambda: all_done("CollectPayment"))
    delivered_and_paid_once_in_odoo(story)
    the_director_sees_the_day(sign_in(Role.DIRECTOR, "/director/"))


def somebody_texts_and_says_stop(story, quo, killed_at):
    """There is one lead in Odoo although the worker dies over it; and no text leaves any more."""
    said = words()
    with killed_at("crm.lead", "load"):
        quo(text_of(said))
    [lead] = within(SEEN_IN_ODOO, lambda: leads_saying(story.bot, said))
    assert (lead["phone"], lead["user_id"]) == ("+16065550123", OWNER)
    within(SEEN_IN_ODOO, lambda: all_done("RecordLead"))
    story.office.goto("/inbox/")
    shown = story.office.get_by_text(f"lead {lead['id']} in Odoo")
    expect(shown).to_be_visible(timeout=10_000)
    assert len(leads_saying(story.bot, said)) == 1
    quo(text_of("STOP"))
    text = send_text(number="+16065550123", text="Hello", purpose=Purpose.DELIVERY, by=None)
    assert (text.state, text.rule) == ("REFUSED", SAID_STOP)


def the_office_plans_the_order(story, killed_at):
    """What was confirmed in Odoo is on the board by itself, and is dragged onto the truck."""
    office, truck = story.office, story.yard.plate
    office.goto("/board/")
    job = card(lane(office, "To schedule"), story.sale.customer)
    expect(job).to_be_visible(timeout=60_000)
    for shown in ("2 Units Oak, seasoned", "118 Hickory Rd, Ashland", "412.00"):
        expect(job).to_contain_text(shown)
    driver = office.get_by_label(f"Driver of {truck}").get_by_role("option", name="Walt")
    expect(driver).to_have_count(1, timeout=60_000)
    who_drives = DriverProfile.objects.filter(employee__contact_odoo_id=story.yard.driver)
    within(SEEN_IN_ODOO, who_drives.exists)  # the person is here before Odoo's employee
    delivery = killed_at("stock.picking", "write")
    with delivery, killed_at("stock.picking.batch", "load", also=names_a_truck):
        drag(office, job, lane(office, truck).get_by_role("list"))
        expect(card(lane(office, truck), story.sale.customer)).to_be_visible()
    within(SEEN_IN_ODOO, lambda: all_done("PlanDelivery") and all_done("PlanRun"))


def names_a_truck(call):
    """Say whether it makes the batch as the plan of a run does, not that of a delivery."""
    return "vehicle_id/.id" in call.body["fields"]


def the_driver_delivers_while_odoo_is_down(story, phone, proxy):
    """The phone shows the stop; handing over and the money are kept here."""
    phone.goto("/driver/")
    expect(phone.get_by_role("heading", name=story.sale.customer)).to_be_visible()
    assert "118%20Hickory" in phone.get_by_role("link", name="Navigate").get_attribute("href")
    proxy.down()
    for name in ("I am on my way", "I have arrived", "Delivered"):
        phone.get_by_role("button", name=name).click()
    phone.get_by_role("link", name=story.sale.customer).click()
    phone.get_by_role("link", name="Money received").click()
    phone.get_by_label("Amount received").fill("412.00")
    phone.get_by_role("button", name="Money received").click()
    expect(phone.get_by_text("1 of 1 done")).to_be_visible()
    expect(phone.get_by_text("All is sent")).to_be_visible()
    banner = story.office.get_by_text("Odoo unreachable since")
    expect(banner).to_be_visible(timeout=30_000)
    story.office.wait_for_timeout(OUTAGE)
    [picking] = find(story.bot, "stock.picking", [["sale_id", "=", story.sale.order]], "state")
    assert picking["state"] == "assigned"


def planned_in_odoo(story):
    """Odoo's order and transfer carry the date, and the batch has the truck and its driver."""
    bot, yard = story.bot, story.yard
    [order] = read(bot, "sale.order", [story.sale.order], "commitment_date", "picking_ids")
    [picking] = read(bot, "stock.picking", order["picking_ids"], "scheduled_date", "batch_id")
    assert order["commitment_date"] == picking["scheduled_date"]
    [batch] = read(bot, "stock.picking.batch", [picking["batch_id"]], "vehicle_id", "driver_id")
    assert (batch["vehicle_id"], batch["driver_id"]) == (yard.vehicle, yard.driver)


def delivered_and_paid_once_in_odoo(story):
    """The transfer is done, one invoice is posted and paid by one payment, with one note each."""
    bot = story.bot
    [order] = read(
        bot, "sale.order", [story.sale.order], "picking_ids", "invoice_ids", "partner_id"
    )
    [picking] = read(bot, "stock.picking", order["picking_ids"], "state")
    of_invoice = ("state", "payment_state", "amount_residual")
    [invoice] = read(bot, "account.move", order["invoice_ids"], *of_invoice)
    of_customer = [["partner_id", "=", order["partner_id"]]]
    [payment] = find(bot, "account.payment", of_customer, "amount", "is_reconciled")
    of_order = [["model", "=", "sale.order"], ["res_id", "=", story.sale.order]]
    notes = find(bot, "mail.message", of_order, "body")

    assert picking["state"] == "done"
    assert (invoice["state"], invoice["amount_residual"]) == ("posted", 0)
    assert invoice["payment_state"] in {"paid", "in_payment"}
    assert (payment["amount"], payment["is_reconciled"]) == (412, True)
    for said in ("Delivered by Walt", "412.00"):
        assert sum(said in note["body"] for note in notes) == 1, notes


def the_director_sees_the_day(director):
    """Each figure is there, and says how old it is."""
    tiles = {
        "Deliveries today": ("1 of 1", "live"),
        "Collected today": ("412.00", "all of it in Odoo"),
        "New leads": ("1", "live"),
        "Open receivables": ("posted invoices", "\u00a0s"),
    }
    for tile, figures in tiles.items():
        for figure in figures:
            expect(director.get_by_role("region", name=tile)).to_contain_text(figure)
