"""What is mirrored of which Odoo."""

from odoo_bridge.models.access import FLEET_BATCHES, OPTIONAL
from odoo_bridge.sync.listeners import LISTENERS
from odoo_bridge.sync.specs import SPECS, specs_for


def names(specs):
    return {spec.name for spec in specs}


def test_an_odoo_with_all_modules_is_mirrored_whole():
    assert specs_for(modules=OPTIONAL | {FLEET_BATCHES}) == SPECS


def test_without_a_module_what_it_brings_is_not_asked_for():
    assert names(SPECS) - names(specs_for(modules=[])) == {
        *("VehicleCategory", "PurchaseOrder", "PurchaseOrderLine"),
        *("BillOfMaterials", "BillOfMaterialsLine", "ManufacturingOrder"),
        *("WorkCenter", "WorkCenterCapacity", "WorkOrder"),
    }


def test_provisioning_looks_for_every_module_that_a_mirror_needs():
    assert {spec.module for spec in SPECS} - {""} == OPTIONAL | {FLEET_BATCHES}


def test_a_line_is_heard_of_by_its_header():
    heard = {
        odoo_model: {one.spec.name for one in listeners}
        for odoo_model, listeners in LISTENERS.items()
    }

    assert heard["purchase.order"] == {"PurchaseOrder", "PurchaseOrderLine"}
    assert heard["mrp.bom"] == {"BillOfMaterials", "BillOfMaterialsLine"}


def test_every_mirror_has_one_spec_and_one_model_of_odoo():
    assert len(names(SPECS)) == len({spec.odoo_model for spec in SPECS}) == len(SPECS)
