"""Short words for what the tests do to a real Odoo."""

from uuid import uuid4

from odoo_bridge.client import Kind, Protocol, external_id, external_module, load

INSTANCE = "test1"
MODULE = external_module(INSTANCE)
NO_SUCH_ID = 2_000_000_000
ADMIN_ID = 2


def http_status(client, in_json2):
    """JSON-RPC has one status for everything."""
    return in_json2 if client.protocol is Protocol.JSON2 else 200


def any_request(_call):
    """For the faulty proxy, whose default is the calls of JSON-2."""
    return True


def new_lead(client, **values):
    [lead] = client.call("crm.lead", "create", kind=Kind.WRITE, vals_list=[{"name": "A"} | values])
    return lead


def read(client, model, odoo_id, *fields):
    [row] = client.call(
        model, "read", kind=Kind.READ_RECORDS, ids=[odoo_id], fields=list(fields), load=None
    )
    return row


def search(client, domain):
    """Leads only, as a set of ids."""
    rows = client.call("crm.lead", "search_read", kind=Kind.READ, domain=domain, fields=[])
    return {row["id"] for row in rows}


def load_leads(client, *rows, columns=("id", "name")):
    return load(client, "crm.lead", list(columns), list(rows), module=MODULE)


def lead_key():
    return external_id(INSTANCE, "lead", uuid4())


def action(client, code):
    """A server action: the one way to make Odoo do odd things on purpose."""
    [model] = client.call(
        "ir.model", "search_read", kind=Kind.READ, domain=[["model", "=", "crm.lead"]], fields=[]
    )
    vals = {"name": "odd", "model_id": model["id"], "state": "code", "code": code}
    [action_id] = client.call("ir.actions.server", "create", kind=Kind.WRITE, vals_list=[vals])
    return action_id


def run(client, action_id, lead):
    context = {"active_model": "crm.lead", "active_id": lead, "active_ids": [lead]}
    return client.call(
        "ir.actions.server", "run", kind=Kind.WRITE_RECORDS, ids=[action_id], context=context
    )
