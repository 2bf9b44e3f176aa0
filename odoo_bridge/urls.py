"""The addresses of the bridge."""

from django.urls import path

from odoo_bridge.views import desk, state

app_name = "odoo_bridge"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("state", state.state, name="state"),
    path("go-on", desk.go_on, name="writes-go-on"),
    path("entries/<int:entry_id>/retry", desk.retry, name="entry-retry"),
    path("entries/<int:entry_id>/resolve", desk.resolve, name="resolve"),
    path("entries/<int:entry_id>/drop", desk.drop, name="entry-drop"),
]
