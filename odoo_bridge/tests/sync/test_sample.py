"""Sample data: in by the one way, and never beside what is real."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from odoo_bridge.models import Partner, SaleOrder
from odoo_bridge.sample import SAMPLE_FROM
from odoo_bridge.selectors.access import default_client
from odoo_bridge.selectors.sample import holds_sample_data
from odoo_bridge.selectors.state import odoo_state
from odoo_bridge.services.promise_lead import promise_lead
from odoo_bridge.sync.sample import NoPlaceForSamples, store_sample
from portal.accounts.models import Role
from portal.testing.mirrors import OdooAccessFactory, PartnerFactory

pytestmark = pytest.mark.django_db
ANN, ORDER = SAMPLE_FROM + 1, SAMPLE_FROM + 2
TABLES = {
    "sale.order": [{"id": ORDER, "name": "S00001", "state": "sale", "partner_id": ANN}],
    "res.partner": [{"id": ANN, "name": "Ann Miller", "zip": "41101"}],
}
BANNER = "Sample data: no Odoo could be had."


@pytest.fixture(autouse=True)
def without_odoo(settings):
    settings.ODOO_URL = settings.ODOO_DB = settings.ODOO_API_KEY = ""
    return settings


def test_rows_come_in_as_from_odoo_and_once():
    assert not holds_sample_data()
    assert store_sample(TABLES) == 2
    assert store_sample(TABLES) == 0

    order = SaleOrder.objects.get()
    assert (order.name, order.customer.name, order.customer.postcode) == (
        *("S00001", "Ann Miller", "41101"),
    )
    assert (order.total, order.promised_at, order.line_ids) == (0, None, [])
    assert holds_sample_data()


def test_what_was_born_here_stays_beside_it():
    promise_lead(title="T", text="", phone="")

    assert store_sample(TABLES) == 2


def test_a_real_record_keeps_samples_out():
    PartnerFactory()

    with pytest.raises(NoPlaceForSamples, match=r"records of an Odoo \(Partner\)"):
        store_sample(TABLES)

    assert not holds_sample_data()


@pytest.mark.parametrize("name", ["ODOO_URL", "ODOO_API_KEY"])
def test_a_portal_that_has_an_odoo_takes_no_samples(settings, name):
    setattr(settings, name, "http://odoo.test")

    with pytest.raises(NoPlaceForSamples, match="has an Odoo"):
        store_sample(TABLES)


def test_a_portal_that_was_connected_once_takes_no_samples():
    OdooAccessFactory()

    with pytest.raises(NoPlaceForSamples, match="was connected"):
        store_sample(TABLES)


def test_an_id_that_odoo_could_give_is_no_sample():
    with pytest.raises(NoPlaceForSamples, match="begin at"):
        store_sample({**TABLES, "res.partner": [{"id": 5, "name": "Ann Miller"}]})

    assert not SaleOrder.objects.exists()
    assert not Partner.objects.exists()


def test_a_model_that_is_not_mirrored_is_named():
    with pytest.raises(NoPlaceForSamples, match=r"res\.groups"):
        store_sample({"res.groups": []})


def test_the_command_reads_json_and_tells_how_many(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(TABLES)))

    call_command("sample_mirrors")

    assert capsys.readouterr().out == "2 sample records stored.\n"


def test_the_command_refuses_in_one_sentence(monkeypatch):
    PartnerFactory()
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(TABLES)))

    with pytest.raises(CommandError, match="takes no sample data"):
        call_command("sample_mirrors")


def test_every_page_says_that_it_shows_samples(signed_in):
    page = signed_in(Role.OFFICE).get("/sync/").text
    assert BANNER not in page

    store_sample(TABLES)

    page = signed_in(Role.OFFICE).get("/sync/").text
    assert BANNER in page
    assert "works without Odoo" not in page


def test_an_odoo_that_is_named_later_is_never_asked(settings, signed_in):
    store_sample(TABLES)
    settings.ODOO_URL, settings.ODOO_DB, settings.ODOO_API_KEY = "http://odoo.test", "odoo", "key"

    assert default_client() is None
    assert not odoo_state().has_key
    assert BANNER in signed_in(Role.OFFICE).get("/sync/").text


def test_provisioning_refuses_a_portal_with_samples(settings):
    store_sample(TABLES)
    settings.ODOO_URL, settings.ODOO_DB = "http://odoo.test", "odoo"

    with pytest.raises(CommandError, match="make clean"):
        call_command("odoo_provision")
