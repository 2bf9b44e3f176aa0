"""The public addresses where people sign up for texts."""

from django.urls import path

from crm_intake.views import sign_up

app_name = "texts"
urlpatterns = [
    path("", sign_up.page, name="page"),
    path("form/", sign_up.frame, name="frame"),
]
