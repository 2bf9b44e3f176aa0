import re

import pytest

from portal.local import odoo
from portal.local.odoo_config import write_config
from portal.local.odoo_package import OdooPackage
from portal.local.postgres import Postgres


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setattr("portal.local.odoo_config.HOME", tmp_path)
    package = OdooPackage(version="19.0", code=tmp_path, python=tmp_path / "python")
    path = write_config("server", package, Postgres(host="127.0.0.1", port=5432), http_port=8069)
    lines = path.read_text().splitlines()[1:]
    return dict(line.split(" = ", 1) for line in lines)


@pytest.mark.parametrize(
    ("database", "served"),
    [
        ("odoo_dev", True),
        ("odoo_test_gw0", True),
        ("odoo_template", False),
        ("odoo_template_ready", False),
        ("yardmaster", False),
    ],
)
def test_the_server_opens_copies_and_never_a_template(settings, database, served):
    assert bool(re.match(settings["dbfilter"], database)) is served


def test_the_server_runs_no_jobs_of_its_own_and_listens_here_only(settings):
    assert settings["max_cron_threads"] == "0"
    assert settings["http_interface"] == "127.0.0.1"


@pytest.mark.parametrize("name", ["yardmaster", "odoo_template", "odoo_template_ready"])
def test_a_copy_needs_a_name_that_odoo_serves(name):
    with pytest.raises(ValueError, match=name):
        odoo.copy_database(name)


def test_only_databases_of_odoo_are_dropped():
    with pytest.raises(ValueError, match="yardmaster"):
        odoo.drop_database("yardmaster")


def test_a_sealed_template_has_the_name_of_one():
    with pytest.raises(ValueError, match="odoo_template_"):
        odoo.seal_template("odoo_dev", "ready")


def test_an_odoo_elsewhere_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv("ODOO_URL", "https://odoo.example/")
    monkeypatch.setenv("ODOO_DB", "live")
    monkeypatch.setenv("ODOO_API_KEY", "k")

    found = odoo.ensure_running()

    assert found == odoo.Odoo(url="https://odoo.example", admin_key="k", database="live")
