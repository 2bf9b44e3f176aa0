"""The provisioned Odoo that other tests start from."""

import datetime as dt
import json
import uuid

import pytest

from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.instance import is_our_odoo
from odoo_bridge.selectors.access import default_client
from odoo_bridge.tests.provision.words import traces
from portal.local import odoo as local_odoo
from portal.local import postgres
from portal.testing.real_odoo import ensure_provisioned

pytestmark = pytest.mark.odoo


def test_a_provisioned_odoo_needs_no_second_provisioning(
    odoo_access, provisioned_odoo, use, provision
):
    use(provisioned_odoo)
    before = traces(provisioned_odoo.client())

    provision("--no-webhooks")

    odoo_access.refresh_from_db()
    assert odoo_access.api_key == provisioned_odoo.bot_key
    assert traces(provisioned_odoo.client()) == before
    for bot in (default_client(), provisioned_odoo.bot()):
        assert is_our_odoo(bot, instance=odoo_access.instance, bot_user_id=odoo_access.bot_user_id)


def test_the_template_of_it_is_made_once_and_again_when_its_key_gets_old(
    db, provisioned_odoo, tmp_path
):
    prefix = f"odoo_template_trial_{uuid.uuid4().hex[:6]}_"
    postgres.create_database(f"{prefix}of_old_code")

    template, kept = ensure_provisioned(tmp_path, prefix)
    try:
        access = json.loads(kept.read_text())
        assert ensure_provisioned(tmp_path, prefix) == (template, kept)
        assert json.loads(kept.read_text()) == access
        assert [name for name in postgres.databases() if name.startswith(prefix)] == [template]
        assert not OdooAccess.objects.exists()

        ends = dt.datetime.fromisoformat(access["key_expires_at"]) - dt.timedelta(days=80)
        kept.write_text(json.dumps(access | {"key_expires_at": str(ends)}))
        ensure_provisioned(tmp_path, prefix)
        assert json.loads(kept.read_text())["api_key"] != access["api_key"]
    finally:
        local_odoo.drop_database(template)
