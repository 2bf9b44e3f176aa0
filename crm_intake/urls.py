"""The addresses of the intake."""

from django.urls import path

from crm_intake.views import deliveries, inbox

app_name = "crm_intake"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
]
