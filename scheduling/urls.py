"""The addresses of scheduling."""

from django.urls import path

from scheduling.views import board, move, places, prices, purchase, purchases, quotes, sheets

app_name = "scheduling"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/sheets", sheets.sheets, name="sheets"),
    path("board/sheets.pdf", sheets.sheets_pdf, name="sheets-pdf"),
    path("board/driver", board.driver, name="run-driver"),
    path("board/jobs/<int:job_id>/move", move.move, name="job-move"),
    path("board/jobs/<int:job_id>/where", move.move_form, name="job-where"),
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
