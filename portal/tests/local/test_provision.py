import os

import pytest

from portal.local import provision
from portal.local.demo_odoo import DemoOdoo

ODOO = DemoOdoo("http://127.0.0.1:8069", "odoo_demo", "an-admins-key", True, [7, 8])


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Play ``manage.py odoo_provision`` by the lines of a script."""
    monkeypatch.setattr(provision, "ROOT", tmp_path)
    monkeypatch.setattr(provision, "COMMAND", tmp_path / "manage.py")
    return (tmp_path / "manage.py").write_text


def test_other_programs_get_the_bots_key_and_the_portal_none(command, capfd):
    command("import os; print('bot made'); print('key-for-' + os.environ['ODOO_ADMIN_KEY'])")

    settings, key = provision.connect_to_odoo(ODOO, env=os.environ)

    assert settings == {"ODOO_URL": "http://127.0.0.1:8069", "ODOO_DB": "odoo_demo"}
    assert key == "key-for-an-admins-key"
    said = capfd.readouterr().err
    assert "bot made" in said
    assert "key-for" not in said


def test_what_cannot_be_provisioned_is_said_and_does_not_stop_the_demo(command, capfd):
    command("raise SystemExit('Odoo lacks the module fleet.')")

    _settings, key = provision.connect_to_odoo(ODOO, env=os.environ)

    assert key == ""
    said = capfd.readouterr().err
    assert "Odoo lacks the module fleet." in said
    assert "not provisioned" in said


def test_until_there_is_the_command_the_administrators_key_is_used(tmp_path, monkeypatch):
    monkeypatch.setattr(provision, "COMMAND", tmp_path / "absent.py")

    settings, key = provision.connect_to_odoo(ODOO, env={})

    assert settings["ODOO_API_KEY"] == key == "an-admins-key"
