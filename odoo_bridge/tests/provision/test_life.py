"""A life beside one Odoo, over both protocols: tried dry, connected, examined, removed."""

import pytest
from django.utils import timezone

from odoo_bridge.client import Protocol
from odoo_bridge.models import OdooAccess
from odoo_bridge.outbox.send_due import send_due
from odoo_bridge.provision.bot import the_bot
from odoo_bridge.provision.doctor.finding import Level
from odoo_bridge.provision.instance import instance_in
from odoo_bridge.provision.remove import Removal
from odoo_bridge.provision.steps import Provisioning
from odoo_bridge.selectors.access import default_client
from odoo_bridge.selectors.state import odoo_state
from odoo_bridge.tests.provision.words import counts, key_works, traces
from portal.audit.models import AuditRow
from portal.local.faulty_calls import writes
from portal.local.faulty_proxy import FaultyProxy

pytestmark = pytest.mark.odoo
READ_BY_JSON_RPC = {"check_object_reference", "context_get", "fields_get", "search_read"}
HARMLESS = {"check", "get_param", "has_group"}  # the proxy does not know that they only read


def told(database, proxy, protocol):
    """Return a run that speaks this protocol through a proxy, and what it says."""
    lines = []
    admin = database.client(base_url=proxy.url, protocol=protocol, user="admin")
    return lines, Provisioning(
        admin=admin,
        kept=OdooAccess.objects.first(),
        now=timezone.now(),
        say=lines.append,
        hints_to="http://127.0.0.1:9",
    )


def changed_by(proxy):
    """What went through the proxy that is not known to be a read, over either protocol."""
    over_json_2 = {call.method for call in proxy.calls if writes(call)}
    envelopes = [call.body["params"]["args"] for call in proxy.calls if call.path == "/jsonrpc"]
    over_json_rpc = {args[4] for args in envelopes if len(args) > 4} - READ_BY_JSON_RPC
    return (over_json_2 | over_json_rpc) - HARMLESS


@pytest.mark.parametrize(
    "protocol",
    [Protocol.JSON2, pytest.param(Protocol.JSON_RPC, marks=pytest.mark.long)],
    ids=str,
)
def test_a_life_beside_one_odoo(virgin, provision, doctor, protocol):
    admin = virgin.client()
    before, numbers = traces(admin), counts(admin)

    with FaultyProxy(virgin.url) as proxy:
        lines, run = told(virgin, proxy, protocol)
        foretold = run.rehearse()
        assert changed_by(proxy) == set()
    assert (traces(admin), counts(admin)) == (before, numbers)
    assert not OdooAccess.objects.exists()
    assert not AuditRow.objects.exists()
    assert sum(line.startswith("Would ") for line in lines) == foretold > 5
    assert any(line.startswith("Odoo 19.0, Community, at http") for line in lines)
    assert any("would make" in line.lower() and "yardmaster-bot" in line for line in lines)

    with FaultyProxy(virgin.url) as proxy:
        _, run = told(virgin, proxy, protocol)
        access = run.run()
        assert changed_by(proxy) >= {"create", "load", "run"}
        lines, run = told(virgin, proxy, protocol)
        assert (run.kept, run.rehearse()) == (access, 0)
        assert lines[-1] == "Check: the bot may do all that the portal needs."
    assert default_client().protocol is protocol is Protocol(access.protocol)
    assert default_client().user == access.bot_user_id

    found = doctor()
    assert [one for one in found if one["level"] == Level.BROKEN] == []
    good = {one["about"] for one in found if one["level"] == Level.OK}
    assert good >= {"Key", "Own Odoo", "Modules", "Rights of the bot", "Webhooks in Odoo"}

    removed(virgin, access, protocol)

    assert instance_in(admin) == ""
    left = traces(admin)
    kept = ("users", "external ids", "journals", "methods")
    assert {name: left[name] for name in left if name not in kept} == {
        name: before[name] for name in before if name not in kept
    }
    assert left["external ids"] == []
    assert left["journals"] == before["journals"]
    assert the_bot(admin)["active"] is False
    assert odoo_state().has_key is False
    assert default_client() is send_due() is None
    assert [row.what for row in AuditRow.objects.all()][-1] == "Odoo disconnected"
    [nothing] = provision("--remove", "--yes")
    assert nothing == "This portal is not connected with an Odoo: nothing to take out."

    lines = provision()

    assert "User yardmaster-bot: active again." in lines
    again = OdooAccess.objects.get()
    assert again.instance != access.instance
    assert key_works(again.api_key)


def removed(virgin, access, protocol):
    """Take it out: foretold, then cut off before the end, then to the end."""
    lines = []
    admin = virgin.client(protocol=protocol, user="admin")
    removal = Removal(admin=admin, kept=access, say=lines.append)
    before = counts(virgin.client())
    assert removal.rehearse() > 5
    assert counts(virgin.client()) == before
    assert OdooAccess.objects.exists()

    class CutOff(Exception):
        pass

    def cut(line):
        if "the mark is taken out" in line:
            raise CutOff

    with pytest.raises(CutOff):
        Removal(admin=admin, kept=access, say=cut).run()
    assert OdooAccess.objects.exists()
    removal.run()
    assert "The portal has forgotten its key: it sends nothing, and reads nothing." in lines
    assert "modules base_automation, stock_fleet" in lines[-1]
