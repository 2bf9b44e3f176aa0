"""The addresses of the driver's phone, and of what others see of the drivers' day."""

from django.urls import path

from drivers.views import (
    acts,
    app,
    cash,
    day,
    files,
    live_map,
    positions,
    requirements,
    road,
    setup,
    tickets,
    tracking,
)

app_name = "drivers"
urlpatterns = [
    path("driver/", app.page, name="run"),
    path("driver/deliveries", app.page, name="deliveries"),
    path("driver/sw.js", app.worker, name="worker"),
    path("driver/manifest.webmanifest", app.manifest, name="manifest"),
    path("driver/day", day.day, name="day"),
    path("driver/acts", acts.acts, name="acts"),
    path("driver/positions", positions.positions, name="positions"),
    path("driver/files/<uuid:act>", files.take, name="file"),
    path("runs/", road.road, name="road"),
    path("runs/map/", live_map.show, name="live-map"),
    path("runs/acts/<int:action_id>", road.decide, name="decide"),
    path("runs/card-links/<int:link_id>", road.settle_link, name="settle-link"),
    path("driver/proofs/<uuid:proof>", files.show, name="proof"),
    path("driver/tickets/<uuid:ticket>.pdf", tickets.ticket, name="ticket"),
    path("tickets/", tickets.tickets, name="tickets"),
    path("cash/", cash.cash, name="cash"),
    path("cash/<int:person_id>/<int:currency>/count", cash.count, name="cash-count"),
    path("cash/hand-ins/<uuid:hand_in>/take-back", cash.take_back, name="cash-take-back"),
    path("cash/<int:currency>/deposit", cash.deposit, name="cash-deposit"),
    path("t/<slug:token>", tracking.page, name="tracking"),
    path("t/<slug:token>/photo/<uuid:proof>", tracking.photo, name="tracking-photo"),
    path("t/<slug:token>/ticket.pdf", tickets.for_customer, name="tracking-ticket"),
    path("t/<slug:token>/receipt.pdf", tickets.receipt, name="tracking-receipt"),
    path("setup/drivers/", setup.rules, name="rules"),
    path("setup/drivers/change", setup.change, name="rules-change"),
    path("setup/drivers/needs/", requirements.requirements, name="needs"),
    path("setup/drivers/needs/everybody", requirements.change_everybody, name="needs-everybody"),
    path("setup/drivers/needs/add", requirements.add, name="needs-add"),
    path("setup/drivers/needs/<int:row_id>/change", requirements.change, name="needs-change"),
    path("setup/drivers/needs/<int:row_id>/remove", requirements.remove, name="needs-remove"),
]
