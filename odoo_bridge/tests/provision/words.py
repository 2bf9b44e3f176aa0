"""Short words for what these tests ask of Odoo and of the portal."""

from dataclasses import replace

from odoo_bridge.client import Kind
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.bot_key import works
from odoo_bridge.provision.rows import rows
from odoo_bridge.selectors.access import default_client


def write(client, model, odoo_id, **vals):
    client.call(model, "write", kind=Kind.WRITE_RECORDS, ids=[odoo_id], vals=vals)


def create(client, model, **vals):
    [odoo_id] = client.call(model, "create", kind=Kind.WRITE, vals_list=[vals])
    return odoo_id


def ids(client, model, *domain):
    return [row["id"] for row in rows(client, model, list(domain))]


def remove(client, model, *domain):
    client.call(model, "unlink", kind=Kind.WRITE_RECORDS, ids=ids(client, model, *domain))


def module_is(client, name, state):
    [module] = ids(client, "ir.module.module", ["name", "=", name])
    write(client, "ir.module.module", module, state=state)


def uninstall(client, name):
    module = ids(client, "ir.module.module", ["name", "=", name])
    client.call(
        "ir.module.module", "button_immediate_uninstall", kind=Kind.WRITE_RECORDS, ids=module
    )


def key_works(key):
    client = replace(default_client(), api_key=key)
    return works(client, OdooAccess.objects.get().bot_user_id)


def traces(client):
    """All that provisioning leaves in Odoo, in a form that shows every change."""
    return {
        "instance": rows(
            client,
            "ir.config_parameter",
            [["key", "=", "yardmaster.instance"]],
            "value",
            "write_date",
        ),
        "users": rows(client, "res.users", [], "login", "active", "group_ids", "company_ids"),
        "journals": rows(client, "account.journal", [], "name", "write_date"),
        "methods": rows(client, "account.payment.method.line", [], "write_date"),
        "sight": [
            rows(client, model, [["name", "=like", "Yardmaster%"]], "name", "write_date")
            for model in ("res.groups", "ir.model.access", "ir.rule")
        ],
        "keys": rows(client, "res.users.apikeys", [], "name"),
        "external ids": rows(client, "ir.model.data", [["module", "=like", "__portal%"]], "res_id"),
        "actions": ids(client, "ir.actions.server", ["name", "ilike", "yardmaster"]),
    }


def counts(client):
    """How many records there are of each model that provisioning writes."""
    return {
        model: len(rows(client, model, []))
        for model in (
            "base.automation",
            "ir.actions.server",
            "ir.config_parameter",
            "ir.model.access",
            "ir.model.data",
            "ir.rule",
            "res.groups",
            "res.users",
            "res.users.apikeys",
            "account.account",
            "account.journal",
            "account.payment.method.line",
        )
    } | {"installed": len(rows(client, "ir.module.module", [["state", "=", "installed"]]))}
