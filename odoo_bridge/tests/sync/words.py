"""Short words for what these tests ask of Odoo and of the mirrors."""

from odoo_bridge.client import Kind
from odoo_bridge.sync.poll import poll


def poll_all_of(client, *specs):
    for spec in specs:
        poll(spec, client)


def create(client, model, **vals):
    [odoo_id] = client.call(model, "create", kind=Kind.WRITE, vals_list=[vals])
    return odoo_id


def act(client, model, method, odoo_id, **params):
    return client.call(model, method, kind=Kind.WRITE_RECORDS, ids=[odoo_id], **params)


def write(client, model, odoo_id, **vals):
    act(client, model, "write", odoo_id, vals=vals)


def unlink(client, model, *odoo_ids):
    client.call(model, "unlink", kind=Kind.WRITE_RECORDS, ids=list(odoo_ids))
