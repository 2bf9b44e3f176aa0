"""The demo without an Odoo: the demo business in the portal's own mirrors."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.urls import reverse

from odoo_bridge.models import SaleOrder, Vehicle
from odoo_bridge.sample import SAMPLE_FROM
from odoo_bridge.sync.sample import store_sample
from odoo_bridge.sync.specs import SPECS
from portal.accounts.models import Role
from portal.local import demo_sample, odoo_package
from portal.local.demo_data import CUSTOMERS, TRUCKS
from portal.local.odoo_package import OdooNotAvailable
from portal.local.portal_manage import CommandFailed
from portal.local.ports import NotReady
from scheduling.services.follow_pickings import follow_pickings

TODAY = dt.date(2026, 11, 21)
FIELDS = {spec.odoo_model: {"id", *spec.odoo_fields} for spec in SPECS}


@pytest.fixture
def tables():
    """Return the rows as the command reads them."""
    return json.loads(json.dumps(demo_sample.sample_tables(TODAY)))


@pytest.fixture
def without_odoo(db, settings):
    settings.ODOO_URL = settings.ODOO_DB = settings.ODOO_API_KEY = ""


@pytest.fixture
def env(transactional_db):
    """Return what the harness knows of this test's database."""
    place = connection.settings_dict
    address = f"{place['USER']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
    return {"DATABASE_URL": f"postgresql://{address}"}


def test_every_field_is_one_that_is_read_from_odoo(tables):
    for model, rows in tables.items():
        assert {field for row in rows for field in row} <= FIELDS[model], model


def test_every_id_is_one_of_samples_and_used_once(tables):
    for rows in tables.values():
        ids = [row["id"] for row in rows]
        assert len(set(ids)) == len(ids)
        assert min(ids) >= SAMPLE_FROM
        assert max(ids) < 2**31  # as wide as Odoo's own, and as the columns of people


def test_the_board_shows_a_job_for_every_order(tables, without_odoo, signed_in):
    store_sample(tables)

    follow_pickings()

    page = signed_in(Role.OFFICE).get(reverse("scheduling:board")).text
    for customer in CUSTOMERS:
        assert customer.name in page
    assert "Sample data: no Odoo could be had." in page
    assert "14 Quarry Lane, Concord, NH 03301" in page


def test_every_reference_finds_its_target(tables, without_odoo):
    store_sample(tables)

    for spec in SPECS:
        for reference in spec.references:
            lost = {f"{reference.ours}__isnull": True, f"{reference.stored}__isnull": False}
            assert not spec.model.objects.filter(**lost).exists(), (spec.name, reference.ours)
    alice = SaleOrder.objects.get(name="S00001")
    assert (alice.total, alice.currency.symbol) == (844, "$")
    assert {line.odoo_id for line in alice.lines.all()} == set(alice.line_ids)
    assert Vehicle.objects.filter(driver__name="Walt Perreault").get().plate == "YARD 01"
    assert Vehicle.objects.count() == len(TRUCKS)


def test_the_sample_is_stored_once_and_by_the_portal_itself(env, monkeypatch):
    said = []

    def store(words, *, env, line):
        said.append(words)
        store_sample(json.loads(line))

    monkeypatch.setattr(demo_sample, "manage", store)

    assert demo_sample.fill(env) == demo_sample.fill(env) == demo_sample.EMPLOYEES
    assert said == [["sample_mirrors"]]


def test_a_refusal_is_said_and_the_demo_goes_on(env, monkeypatch, capsys):
    def refuse(words, *, env, line):
        raise CommandFailed("manage.py sample_mirrors failed: it was connected with an Odoo.")

    monkeypatch.setattr(demo_sample, "manage", refuse)

    assert demo_sample.fill(env) == []
    assert "it was connected with an Odoo." in capsys.readouterr().err


def test_an_odoo_that_comes_later_is_refused_in_one_sentence(env, settings, tables):
    settings.ODOO_URL = settings.ODOO_DB = settings.ODOO_API_KEY = ""
    demo_sample.refuse_beside_odoo(env)
    store_sample(tables)

    with pytest.raises(NotReady, match="make clean") as refusal:
        demo_sample.refuse_beside_odoo(env)

    assert "\n" not in str(refusal.value)


def test_the_harness_can_be_told_to_have_no_odoo(monkeypatch):
    monkeypatch.setenv("YARDMASTER_WITHOUT_ODOO", "1")

    with pytest.raises(OdooNotAvailable, match="YARDMASTER_WITHOUT_ODOO is set"):
        odoo_package.ensure_package()
