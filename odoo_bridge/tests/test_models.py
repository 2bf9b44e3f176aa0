"""How mirrors name themselves, to people and in the log."""

import pytest

from odoo_bridge import models
from odoo_bridge.models.access import FLEET_BATCHES, OPTIONAL


@pytest.mark.parametrize(
    "mirror",
    [
        models.Company,
        models.CountryState,
        models.Currency,
        models.Employee,
        models.Invoice,
        models.Journal,
        models.LeadRecord,
        models.LeadStage,
        models.ManufacturingOrder,
        models.Partner,
        models.Payment,
        models.PaymentTerm,
        models.Picking,
        models.Product,
        models.PurchaseOrder,
        models.Resource,
        models.SaleOrder,
        models.SalesTeam,
        models.TimeOff,
        models.Unit,
        models.Vehicle,
        models.VehicleCategory,
        models.Warehouse,
        models.WorkCenter,
        models.WorkOrder,
        models.WorkingHours,
    ],
)
def test_a_mirror_with_a_name_is_known_by_it(mirror):
    assert str(mirror(name="Oak 12")) == "Oak 12"


def test_what_has_no_name_is_known_by_what_tells_it_apart():
    assert str(models.OdooUser(login="ann@example.com")) == "ann@example.com"
    assert str(models.BlockedNumber(number="+16065550123")) == "+16065550123"
    assert (
        str(models.StockLevel(on_hand=2, product_odoo_id=7, warehouse_odoo_id=1)) == "2 of 7 in 1"
    )
    assert str(models.JournalBalance(balance=412, journal_id=3)) == "412 in 3"


def test_an_access_without_a_list_of_modules_has_all_but_those_that_it_knows_of():
    assert models.OdooAccess(has_fleet_batches=False).installed == OPTIONAL
    assert models.OdooAccess(has_fleet_batches=True).installed == OPTIONAL | {FLEET_BATCHES}
    assert models.OdooAccess(has_fleet_batches=False, modules=["mrp"]).installed == {"mrp"}


@pytest.mark.parametrize("mirror", [models.Move, models.SaleOrderLine, models.PaymentTermLine])
def test_a_mirror_without_a_name_is_known_by_odoo_s_id_or_by_ours(mirror):
    fresh = mirror()

    assert str(mirror(odoo_id=7)).endswith(" 7")
    assert str(fresh).endswith(str(fresh.uuid))


def test_a_record_that_odoo_does_not_know_yet_has_no_id_to_send():
    assert models.SaleOrder(odoo_id=7).known_odoo_id == 7
    with pytest.raises(LookupError, match="not known to Odoo yet"):
        _ = models.SaleOrder().known_odoo_id
