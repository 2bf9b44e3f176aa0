"""Django's entry for the bridge to Odoo."""

from django.apps import AppConfig


class OdooBridgeConfig(AppConfig):
    """The bridge to Odoo."""

    name = "odoo_bridge"
