"""What comes back from a real Odoo 19: the same over both protocols."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from odoo_bridge.client import Kind, OdooForbidden, OdooUnauthorized
from odoo_bridge.tests.client.real import action, new_lead, read, run

pytestmark = pytest.mark.odoo
KEY_OF_A_NEW_USER = """
user = env["res.users"].create({"name": "Passing", "login": "passing-%s" % env.context["mark"]})
expires = datetime.datetime.now() + datetime.timedelta(days=1)
key = env["res.users.apikeys"].with_user(user)._generate("rpc", "test", expires)
action = {"id": user.id, "login": user.login, "key": key}
"""


def test_creating_gives_a_list_even_for_one(odoo_client):
    one = odoo_client.call("crm.lead", "create", kind=Kind.WRITE, vals_list={"name": "One"})
    two = odoo_client.call("crm.lead", "create", kind=Kind.WRITE, vals_list=[{"name": "A"}] * 2)

    assert (len(one), len(two)) == (1, 2)
    assert read(odoo_client, "crm.lead", one[0], "name")["name"] == "One"


def test_records_come_as_their_ids(odoo_client):
    lead = new_lead(odoo_client)

    [copy] = odoo_client.call("crm.lead", "copy", kind=Kind.WRITE_RECORDS, ids=[lead])

    assert type(copy) is int
    assert copy != lead


def test_nothing_is_none(odoo_client):
    services = [["type", "=", "service"]]
    [product] = odoo_client.call(
        "product.product", "search_read", kind=Kind.READ, domain=services, fields=[], limit=1
    )
    order = {"partner_id": 1, "order_line": [[0, 0, {"product_id": product["id"]}]]}
    ids = odoo_client.call("sale.order", "create", kind=Kind.WRITE, vals_list=[order])
    odoo_client.call("sale.order", "action_confirm", kind=Kind.WRITE_RECORDS, ids=ids)

    locked = odoo_client.call("sale.order", "action_lock", kind=Kind.WRITE_RECORDS, ids=ids)

    assert locked is None
    assert read(odoo_client, "sale.order", ids[0], "locked")["locked"] is True


def test_moments_are_text_in_whole_seconds_and_empty_ones_false(odoo_client):
    row = read(odoo_client, "crm.lead", new_lead(odoo_client), "write_date", "date_closed")

    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row["write_date"])
    assert row["date_closed"] is False


def test_without_a_loader_a_reference_is_an_id_and_with_one_a_pair(odoo_client):
    lead = new_lead(odoo_client, user_id=2)

    [plain] = odoo_client.call(
        "crm.lead", "read", kind=Kind.READ_RECORDS, ids=[lead], fields=["user_id"], load=None
    )
    [named] = odoo_client.call(
        "crm.lead", "read", kind=Kind.READ_RECORDS, ids=[lead], fields=["user_id"]
    )

    assert plain["user_id"] == 2
    assert named["user_id"][0] == 2


def test_archived_records_are_read_unless_the_caller_says_otherwise(odoo_client):
    lead = new_lead(odoo_client, active=False)

    def count(**more):
        domain = [["id", "=", lead]]
        return odoo_client.call("crm.lead", "search_count", kind=Kind.READ, domain=domain, **more)

    assert (count(), count(context={"active_test": True})) == (1, 0)


def test_a_denial_inside_a_method_is_no_refused_key(odoo_client):
    deny = action(odoo_client, "env['res.users']._check_uid_passwd(env.uid, '')")

    with pytest.raises(OdooForbidden) as denied:
        run(odoo_client, deny, new_lead(odoo_client))

    assert denied.value.cause == "odoo.exceptions.AccessDenied"


@pytest.fixture
def passing_user(odoo_client):
    """A user who can be archived and deleted, and a client with their key that has been used."""
    made = odoo_client.call(
        "ir.actions.server",
        "run",
        kind=Kind.WRITE_RECORDS,
        ids=[action(odoo_client, KEY_OF_A_NEW_USER)],
        context={"active_model": "crm.lead", "mark": uuid4().hex},
    )
    client = replace(odoo_client, api_key=made["key"], user=made["login"])
    assert client.call("res.users", "context_get", kind=Kind.READ)["uid"] == made["id"]
    return made["id"], client


@pytest.mark.parametrize(
    ("method", "params"), [("write", {"vals": {"active": False}}), ("unlink", {})]
)
def test_a_user_who_is_gone_has_no_key_any_more(odoo_client, passing_user, method, params):
    user, client = passing_user
    odoo_client.call("res.users", method, kind=Kind.WRITE_RECORDS, ids=[user], **params)

    for one in (client, replace(client)):  # one that had logged in, and one that has not
        with pytest.raises(OdooUnauthorized):
            one.call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[1], vals={"name": "B"})


def to_their_keys(odoo_client, user, code):
    """Do something to ``keys``, the keys of ``user``."""
    keys = "keys = env['res.users.apikeys'].sudo().search([('user_id', '=', env.context['of'])])\n"
    odoo_client.call(
        "ir.actions.server",
        "run",
        kind=Kind.WRITE_RECORDS,
        ids=[action(odoo_client, keys + code)],
        context={"active_model": "crm.lead", "of": user},
    )


def test_a_key_that_was_taken_back_is_refused(odoo_client, passing_user):
    user, client = passing_user
    to_their_keys(odoo_client, user, "keys._remove()")

    with pytest.raises(OdooUnauthorized):
        client.call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[1], vals={"name": "B"})


def test_a_key_that_has_expired_is_refused_at_the_next_log_in(odoo_client, passing_user):
    """Over JSON-RPC Odoo remembers a key that it has checked, and does not look at the clock."""
    user, client = passing_user
    past = "UPDATE res_users_apikeys SET expiration_date = '2020-01-01' WHERE id IN %s"
    to_their_keys(odoo_client, user, f'env.cr.execute("{past}", [keys._ids])')

    with pytest.raises(OdooUnauthorized):
        replace(client).call("res.users", "context_get", kind=Kind.READ)
