"""An Odoo in which the portal has never been, and the second run in it."""

import logging
from uuid import uuid4

import pytest
from django.db import connection
from django.forms import model_to_dict

from odoo_bridge.client import Kind, OdooForbidden, external_module, load
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.bot import LOGIN
from odoo_bridge.provision.rows import id_of, rows
from odoo_bridge.selectors.access import default_client
from odoo_bridge.tests.provision.words import (
    create,
    ids,
    module_is,
    remove,
    traces,
    uninstall,
    write,
)
from portal.audit.models import AuditRow

pytestmark = pytest.mark.odoo


def test_a_fresh_odoo_is_provisioned_and_a_second_run_changes_nothing(
    virgin, provision, caplog, capfd
):
    caplog.set_level(logging.DEBUG)
    admin = virgin.client()

    first = provision()
    access = OdooAccess.objects.get()
    after_first = traces(admin)
    second = provision()

    again = OdooAccess.objects.get()
    assert model_to_dict(again) == model_to_dict(access)
    assert traces(admin) == after_first
    assert [row.what for row in AuditRow.objects.all()] == ["Odoo connected"]
    said = " ".join([*first, *second, caplog.text, *capfd.readouterr()])
    assert f"User {LOGIN}: made." in said
    assert f"Instance {access.instance}: the same in Odoo." in second
    assert access.api_key not in said
    assert virgin.admin_key not in said
    assert access.api_key not in str(AuditRow.objects.values())
    with connection.cursor() as cursor:
        cursor.execute("SELECT api_key FROM odoo_bridge_odooaccess")
        assert access.api_key not in cursor.fetchone()[0]
    the_bot_can_do_its_work(admin, access)


def the_bot_can_do_its_work(admin, access):
    bot = default_client()
    orders, pickings = ids(bot, "sale.order"), ids(bot, "stock.picking")
    assert orders == ids(admin, "sale.order")
    assert pickings == ids(admin, "stock.picking")
    assert create(bot, "crm.lead", name="A call")
    outgoing = rows(
        bot,
        "stock.picking",
        [["picking_type_code", "=", "outgoing"], ["state", "=", "assigned"]],
        "picking_type_id",
        "company_id",
    )[0]
    module = external_module(access.instance)
    [batch] = load(
        bot,
        "stock.picking.batch",
        ["id", "picking_type_id/.id", "company_id/.id", "vehicle_id/.id", "driver_id/.id"],
        [
            [
                f"{module}.run_{uuid4()}",
                outgoing["picking_type_id"],
                outgoing["company_id"],
                ids(bot, "fleet.vehicle")[0],
                ids(bot, "res.partner")[0],
            ]
        ],
        module=module,
    )
    write(bot, "stock.picking", outgoing["id"], batch_id=batch)
    write(bot, "stock.picking.batch", batch, driver_id=False)
    payment = create(
        bot,
        "account.payment",
        amount=5,
        journal_id=access.cash_journal_id,
        partner_id=ids(bot, "res.partner")[0],
        payment_type="inbound",
        partner_type="customer",
    )
    bot.call("account.payment", "action_post", kind=Kind.WRITE_RECORDS, ids=[payment])
    with pytest.raises(OdooForbidden):
        create(bot, "ir.config_parameter", key="a", value="b")


@pytest.mark.long
def test_a_run_that_was_cut_off_before_it_marked_odoo_is_finished(virgin, provision):
    provision()
    admin, access = virgin.client(), OdooAccess.objects.get()
    remove(admin, "ir.config_parameter", ["key", "=", "yardmaster.instance"])
    remove(admin, "ir.model.data", ["module", "=", external_module(access.instance)])

    lines = provision()

    marked = f"Instance {access.instance}: marked in Odoo."
    assert marked in lines
    assert OdooAccess.objects.get().instance == access.instance
    remove(admin, "ir.model.data", ["module", "=", external_module(access.instance)])
    assert marked in provision()
    remove(admin, "ir.config_parameter", ["key", "=", "yardmaster.instance"])
    assert marked in provision()
    assert f"Instance {access.instance}: the same in Odoo." in provision()


@pytest.mark.long
def test_an_odoo_without_manufacturing_and_purchases_is_taken_as_it_is(virgin, provision):
    admin = virgin.client()
    for name in ("mrp", "sale_mrp", "purchase_stock"):
        module_is(admin, name, "uninstalled")

    lines = provision()

    access = OdooAccess.objects.get()
    assert access.installed == {"stock_fleet"}
    assert any("there, without mrp, purchase_stock, sale_mrp." in line for line in lines)
    groups = rows(admin, "res.users", [["id", "=", access.bot_user_id]], "all_group_ids")[0]
    assert id_of(admin, "mrp.group_mrp_user") not in groups["all_group_ids"]
    assert id_of(admin, "purchase.group_purchase_user") not in groups["all_group_ids"]

    for name in ("mrp", "sale_mrp", "purchase_stock"):
        module_is(admin, name, "installed")
    provision()

    assert OdooAccess.objects.get().modules == ["mrp", "purchase_stock", "sale_mrp"]
    groups = rows(admin, "res.users", [["id", "=", access.bot_user_id]], "all_group_ids")[0]
    assert id_of(admin, "mrp.group_mrp_user") in groups["all_group_ids"]


def test_batches_with_vehicles_are_installed_or_done_without(virgin, provision):
    admin = virgin.client()
    uninstall(admin, "stock_picking_batch")  # and with it stock_fleet

    lines = provision()

    assert "Batches with vehicle and driver: stock_fleet was installed." in lines
    assert OdooAccess.objects.get().has_fleet_batches
    uninstall(admin, "stock_fleet")
    module_is(admin, "stock_fleet", "uninstallable")

    lines = provision()

    assert any("not to be had (this Odoo has no module stock_fleet)." in line for line in lines)
    assert not OdooAccess.objects.get().has_fleet_batches
