"""The addresses of leads."""

from django.urls import path

from crm_intake.views import leads, owners

app_name = "leads"
urlpatterns = [
    path("", leads.leads, name="leads"),
    path("owners/", owners.owners, name="owners"),
    path("owners/turns/", owners.turns, name="turns"),
    path("owners/routes/", owners.add, name="route-add"),
    path("owners/routes/<int:route_id>/remove/", owners.remove, name="route-remove"),
    path("<uuid:lead_uuid>/", leads.lead, name="lead"),
    path("<uuid:lead_uuid>/change/", leads.change, name="change"),
    path("<uuid:lead_uuid>/opportunity/", leads.convert, name="convert"),
    path("<uuid:lead_uuid>/close/", leads.close, name="close"),
]
