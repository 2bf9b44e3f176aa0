"""The only code that knows Odoo: client, mirrors, outbox, sync, provisioning."""
