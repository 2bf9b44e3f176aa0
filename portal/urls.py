"""All addresses of the portal."""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "portal.core.views.errors.bad_request"
handler403 = "portal.core.views.errors.permission_denied"
handler404 = "portal.core.views.errors.not_found"
handler500 = "portal.core.views.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.office.urls")),
    path("", include("scheduling.urls")),
    path("", include("drivers.urls")),
    path("", include("portal.dashboard.urls")),
    path("inbox/", include("crm_intake.urls")),
    path("leads/", include("crm_intake.leads_urls")),
    path("texts/", include("crm_intake.texts_urls")),
    path("people/", include("crm_intake.people_urls")),
    path("webhook/", include("crm_intake.webhook_urls")),
    path("webhook/odoo/", include("odoo_bridge.webhook_urls")),
    path("sync/", include("odoo_bridge.urls")),
    path("account/", include("portal.accounts.urls")),
]
