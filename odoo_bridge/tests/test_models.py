"""How mirrors name themselves, to people and in the log."""

import pytest

from odoo_bridge import models


@pytest.mark.parametrize(
    "mirror",
    [
        models.CountryState,
        models.Currency,
        models.Employee,
        models.Invoice,
        models.LeadRecord,
        models.Partner,
        models.Payment,
        models.PaymentTerm,
        models.Picking,
        models.Product,
        models.SaleOrder,
        models.Vehicle,
        models.VehicleCategory,
    ],
)
def test_a_mirror_with_a_name_is_known_by_it(mirror):
    assert str(mirror(name="Oak 12")) == "Oak 12"


@pytest.mark.parametrize("mirror", [models.Move, models.SaleOrderLine, models.PaymentTermLine])
def test_a_mirror_without_a_name_is_known_by_odoo_s_id_or_by_ours(mirror):
    fresh = mirror()

    assert str(mirror(odoo_id=7)).endswith(" 7")
    assert str(fresh).endswith(str(fresh.uuid))


def test_a_record_that_odoo_does_not_know_yet_has_no_id_to_send():
    assert models.SaleOrder(odoo_id=7).known_odoo_id == 7
    with pytest.raises(LookupError, match="not known to Odoo yet"):
        _ = models.SaleOrder().known_odoo_id
