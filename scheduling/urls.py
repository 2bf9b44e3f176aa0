"""The addresses of scheduling."""

from django.urls import path

from scheduling.views import (
    board,
    move,
    places,
    prices,
    purchase,
    purchases,
    quotes,
    runs,
    sheets,
)

app_name = "scheduling"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/sheets", sheets.sheets, name="sheets"),
    path("board/sheets.pdf", sheets.sheets_pdf, name="sheets-pdf"),
    path("board/driver", runs.driver, name="run-driver"),
    path("board/run", runs.run_form, name="run"),
    path("board/run/hours", runs.hours, name="run-hours"),
    path("board/run/another", runs.another_trip, name="run-add"),
    path("board/run/remove", runs.one_trip_less, name="run-remove"),
    path("board/run/lock", runs.lock, name="run-lock"),
    path("board/where", move.move_form, name="jobs-where"),
    path("board/move", move.move, name="jobs-move"),
    path("board/undo", move.undo, name="move-undo"),
    path("board/redo", move.redo, name="move-redo"),
    path("board/jobs/<int:job_id>/lock", move.lock_stop, name="stop-lock"),
    path("places/", places.places, name="places"),
    path("places/<uuid:place_uuid>/", places.place, name="place"),
    path("places/<uuid:place_uuid>/pin", places.pin, name="place-pin"),
    path("places/<uuid:place_uuid>/words", places.describe, name="place-words"),
    path("places/<uuid:place_uuid>/pictures", places.add_picture, name="place-picture-add"),
    path("places/pictures/<uuid:photo_uuid>", places.picture, name="place-picture"),
    path(
        "places/pictures/<uuid:photo_uuid>/remove",
        places.remove_picture,
        name="place-picture-remove",
    ),
    path("quotes/", quotes.quotes, name="quotes"),
    path("quotes/price", quotes.quote, name="quote"),
    path("setup/prices/", prices.prices, name="prices"),
    path("setup/prices/change", prices.change, name="prices-change"),
    path("setup/prices/<slug:kind>", prices.add, name="price-add"),
    path("setup/prices/<slug:kind>/<int:rate_id>/remove", prices.remove, name="price-remove"),
    path("purchases/", purchases.purchases, name="purchases"),
    path("purchases/confirm", purchases.confirm_marked, name="purchases-confirm"),
    path("purchases/new", purchase.new, name="purchase-new"),
    path("purchases/<uuid:purchase_uuid>/", purchase.purchase, name="purchase"),
    path("purchases/<uuid:purchase_uuid>/save", purchase.save, name="purchase-save"),
    path("purchases/<uuid:purchase_uuid>/confirm", purchase.confirm, name="purchase-confirm"),
    path("purchases/<uuid:purchase_uuid>/receive", purchase.receive, name="purchase-receive"),
    path("purchases/<uuid:purchase_uuid>/cancel", purchase.cancel, name="purchase-cancel"),
]
