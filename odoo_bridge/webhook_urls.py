"""The address that Odoo posts to. It cannot sign in; the address ends with a secret."""

from django.urls import path

from odoo_bridge.views import hints

app_name = "odoo_webhook"
urlpatterns = [path("<str:secret>", hints.odoo, name="hint")]
