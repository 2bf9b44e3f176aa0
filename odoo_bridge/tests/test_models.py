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
    ],
)
def test_a_mirror_with_a_name_is_known_by_it(mirror):
    assert str(mirror(name="Oak 12")) == "Oak 12"


@pytest.mark.parametrize("mirror", [models.Move, models.SaleOrderLine, models.PaymentTermLine])
def test_a_mirror_without_a_name_is_known_by_odoo_s_id_or_by_ours(mirror):
    fresh = mirror()

    assert str(mirror(odoo_id=7)).endswith(" 7")
    assert str(fresh).endswith(str(fresh.uuid))
