"""The addresses of the bridge."""

from django.urls import path

from odoo_bridge.views import state

app_name = "odoo_bridge"
urlpatterns = [path("state", state.state, name="state")]
