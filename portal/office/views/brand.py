"""The business's colour and logo, as files that the browser keeps."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from portal.setup.colour import shades_of
from portal.setup.models import BusinessLogo
from portal.setup.selectors.profile import business_profile

# Pages ask with the version in the address, so a copy is never out of date.
KEEP = {"Cache-Control": "public, max-age=31536000, immutable"}


@login_not_required
@require_GET
def theme(request: HttpRequest) -> HttpResponse:
    """Answer the style sheet that sets the accent colour: no page carries an inline style."""
    shades = shades_of(business_profile().accent)
    sheet = render_to_string("brand/theme.css", {"shades": shades})
    return HttpResponse(sheet, content_type="text/css", headers=KEEP)


@login_not_required
@require_GET
def logo(request: HttpRequest) -> HttpResponse:
    """Answer the logo as PNG, or 404 when there is none."""
    kept = BusinessLogo.objects.first()
    if kept is None:
        return HttpResponseNotFound()
    return HttpResponse(bytes(kept.png), content_type="image/png", headers=KEEP)
