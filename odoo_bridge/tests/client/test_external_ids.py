from uuid import UUID

import pytest

from odoo_bridge.client import external_id, external_module

LEAD = UUID("0b4e2c1e-6a53-4f2c-9d55-3f0a6f1f7c11")


def test_names_the_portal_the_kind_and_the_record():
    name = external_id("7f3a", "lead", LEAD)

    assert name == "__portal_7f3a__.lead_0b4e2c1e-6a53-4f2c-9d55-3f0a6f1f7c11"
    assert name.split(".") == [external_module("7f3a"), f"lead_{LEAD}"]


@pytest.mark.parametrize("instance", ["", "a b", "a.b", "A", "a_b"])
def test_refuses_an_instance_that_would_spoil_the_name(instance):
    with pytest.raises(ValueError, match="instance"):
        external_id(instance, "lead", LEAD)


@pytest.mark.parametrize("kind", ["", "sale.order", "order line", "Lead", "1st"])
def test_refuses_a_kind_that_would_spoil_the_name(kind):
    with pytest.raises(ValueError, match="kind"):
        external_id("7f3a", kind, LEAD)
