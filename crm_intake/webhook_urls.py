"""The addresses that providers post to. They cannot sign in; their signatures are checked."""

from django.urls import path

from crm_intake.views import webhooks

app_name = "webhook"
urlpatterns = [path("quo", webhooks.quo, name="quo")]
