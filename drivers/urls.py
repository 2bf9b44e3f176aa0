"""The addresses of the driver's screens."""

from django.urls import path

from drivers.views import run, stop

app_name = "drivers"
urlpatterns = [
    path("driver/", run.run, name="run"),
    path("driver/deliveries", run.run, name="deliveries"),
    path("driver/stops/<uuid:stop_uuid>/", stop.stop, name="stop"),
    path("driver/stops/<uuid:stop_uuid>/delivered", stop.delivered, name="stop-delivered"),
    path("driver/stops/<uuid:stop_uuid>/collected", stop.collected, name="stop-collected"),
]
