"""A driver's day of thirty stops without signal, down to Odoo's books.

The server is killed while the phone sends, and 30 % of the answers to the phone are lost.
"""

import hashlib
import os

import pytest

from drivers.models import ProofOfDelivery
from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.local.faulty_faults import DROP_ANSWER
from portal.local.faulty_proxy import FaultyProxy
from portal.testing.days import business_today
from portal.testing.kept_page import IS_KEPT
from portal.testing.running import within
from portal.tests.e2e.hands import SIGNAL, OfChromium
from portal.tests.e2e.thirty_stops import (
    ThreeOfTen,
    all_counts_once,
    drive_thirty_stops,
    is_sending,
    send_until_all_is_there,
)
from portal.tests.story.conftest import PASSWORD
from portal.tests.story.yard_in_odoo import confirm_orders, find, make_yard, read
from scheduling.models import DriverProfile, Job, Stop, Truck
from scheduling.services.assign_driver import assign_driver
from scheduling.services.plan_job import BEHIND_ALL, Spot, plan_job

pytestmark = [
    pytest.mark.odoo,
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
]
PHONE = {"width": 390, "height": 844}
IN_ODOO = 240  # seconds for thirty deliveries, invoices and payments


@pytest.fixture
def line(portal):
    """The line from the phone to the server."""
    with FaultyProxy(portal.url) as line:
        yield line


@pytest.fixture
def driver(person, settings):
    """Return somebody who can sign in as it runs."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    driver = person(Role.DRIVER, name="Walt")
    driver.set_password(PASSWORD)
    driver.save()
    return driver


@pytest.fixture
def phone(browser, line, driver):
    """Return hands on the driver's phone, signed in."""
    context = browser.new_context(base_url=line.url, viewport=PHONE)
    hands = OfChromium(context.new_page())
    hands.open("/driver/")
    hands.fill("Email", driver.email)
    hands.fill("Password", PASSWORD)
    hands.page.keyboard.press("Enter")
    hands.see("You have no run today")
    yield hands
    context.close()


def test_a_day_without_signal_is_in_odoo_once(
    phone, line, portal, driver, office, bot, provisioned_odoo, tmp_path
):
    admin = provisioned_odoo.client()
    yard, sales = make_yard(admin), confirm_orders(admin, 30)
    stops = planned(yard, sales, driver)
    phone.open("/driver/")
    phone.see("0 of 30 done")
    phone.run(IS_KEPT)

    line.down()
    sums = drive_thirty_stops(phone, stops, tmp_path)
    line.rule(DROP_ANSWER, when=ThreeOfTen(), times=None)
    crash = line.kill(lambda: -os.getpgid(portal.pid("web")), after_call=2, counting=is_sending)
    line.up()
    phone.run(SIGNAL)
    assert crash.fired.wait(30), "the phone sent nothing"
    portal.start("web")
    portal.wait_until_ready()
    phone.another_page(kill=False)
    phone.open("/driver/")
    send_until_all_is_there(phone)

    all_counts_once(stops, sums)
    promised = OutboxEntry.objects.filter(command__in=["CompleteDelivery", "CollectPayment"])
    files = OutboxEntry.objects.filter(command="AttachFile")
    within(IN_ODOO, lambda: not (promised | files).exclude(state="DONE").exists())
    in_odoo_once(bot, sales, list(ProofOfDelivery.objects.all()))


def planned(yard, sales, driver):
    """Put what was sold on the truck of the driver, in order."""
    names = [sale.name for sale in sales]
    within(60, lambda: Job.objects.filter(order__name__in=names).count() == len(names))
    truck = within(60, lambda: Truck.objects.filter(vehicle__plate=yard.plate).first())
    profile, _ = DriverProfile.objects.get_or_create(user=driver)
    day = business_today()
    for job in Job.objects.filter(order__name__in=names).order_by("order__name"):
        spot = Spot(truck_id=truck.pk, day=day, position=BEHIND_ALL)
        plan_job(job_id=job.pk, seen=job.moves, spot=spot, by=driver)
    assign_driver(truck_id=truck.pk, day=day, driver_id=profile.pk, by=driver)
    return list(Stop.objects.filter(job__order__name__in=names).order_by("position"))


def in_odoo_once(bot, sales, proofs):
    """Each transfer is done, each invoice paid by one payment, each picture there byte for byte."""
    orders = read(bot, "sale.order", [sale.order for sale in sales], "picking_ids", "invoice_ids")
    transfers = [one for order in orders for one in order["picking_ids"]]
    invoices = [one for order in orders for one in order["invoice_ids"]]
    assert len(transfers) == len(invoices) == len(sales)
    assert {row["state"] for row in read(bot, "stock.picking", transfers, "state")} == {"done"}
    of_invoice = ("state", "amount_residual", "partner_id")
    booked = read(bot, "account.move", invoices, *of_invoice)
    assert {(row["state"], row["amount_residual"]) for row in booked} == {("posted", 0)}
    partners = [row["partner_id"] for row in booked]
    payments = find(bot, "account.payment", [["partner_id", "in", partners]], "amount")
    assert [row["amount"] for row in payments] == [412] * len(sales)
    kept = [["res_model", "=", "stock.picking"], ["res_id", "in", transfers]]
    files = find(bot, "ir.attachment", [*kept, ["mimetype", "=", "image/jpeg"]], "checksum")
    assert sorted(file["checksum"] for file in files) == sorted(map(sha1_of, proofs))


def sha1_of(proof):
    """Return what Odoo knows a file by, of the bytes that came from the phone."""
    with proof.file.open("rb") as kept:
        return hashlib.sha1(kept.read(), usedforsecurity=False).hexdigest()
