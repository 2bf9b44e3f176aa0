"""The addresses of the director's page."""

from django.urls import path

from portal.dashboard.views import director

app_name = "dashboard"
urlpatterns = [path("director/", director.director, name="director")]
