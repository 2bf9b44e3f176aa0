"""The addresses of the bridge."""

from django.urls import path

from odoo_bridge.views import bulk, desk, edit, history, state

app_name = "odoo_bridge"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("state", state.state, name="state"),
    path("go-on", desk.go_on, name="writes-go-on"),
    path("history/<str:stream_key>", history.history, name="history"),
    path("history/<str:stream_key>/pause", history.pause, name="stream-pause"),
    path("history/<str:stream_key>/go-on", history.go_on, name="stream-go-on"),
    path("parked", bulk.parked, name="bulk-parked"),
    path("conflicts", bulk.conflicts, name="bulk-conflicts"),
    path("entries/<int:entry_id>/edit", edit.edit, name="entry-edit"),
    path("entries/<int:entry_id>/retry", desk.retry, name="entry-retry"),
    path("entries/<int:entry_id>/resolve", desk.resolve, name="resolve"),
    path("entries/<int:entry_id>/drop", desk.drop, name="entry-drop"),
]
