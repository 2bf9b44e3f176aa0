"""``/driver/``: the page that phones keep, and what they need to keep it."""

import hashlib
import json

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.setup.selectors.profile import business_profile

SCRIPTS = ("driver/begin.js", "driver/app.js")
WORKER, STYLE = "driver/sw.js", "driver/app.css"
ICONS = {192: "img/icon-192.png", 512: "img/icon-512.png"}


@require_GET
@allow(Role.DRIVER)
def page(request: SignedInRequest) -> HttpResponse:
    """Answer the page, the same for every driver: what they do comes with ``/driver/day``."""
    return render(request, "drivers/app.html")


@require_GET
@allow(Role.DRIVER)
def worker(request: SignedInRequest) -> HttpResponse:
    """Answer the service worker with the names of all that the page is made of.

    A new version of any of it is another text here, which the browser takes for a new worker.
    """
    theme = f"{reverse('office:brand-theme')}?v={business_profile().accent[1:]}"
    files = [
        *(staticfiles_storage.url(name) for name in (*SCRIPTS, STYLE, "img/icon.svg")),
        theme,
        reverse("drivers:manifest"),
    ]
    html = render_to_string("drivers/app.html", request=request)
    version = hashlib.sha256("\n".join([html, *files]).encode()).hexdigest()[:16]
    shell = {"version": version, "page": reverse("drivers:run"), "files": files}
    script = json.dumps(staticfiles_storage.url(WORKER))
    return HttpResponse(
        f"self.SHELL = {json.dumps(shell)};\nimportScripts({script});\n",
        content_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )


@require_GET
@allow(Role.DRIVER)
def manifest(_request: SignedInRequest) -> HttpResponse:
    """Answer what a phone asks before it installs the page."""
    profile = business_profile()
    icons = [
        {"src": staticfiles_storage.url(name), "sizes": f"{side}x{side}", "type": "image/png"}
        for side, name in ICONS.items()
    ]
    told = {
        "id": reverse("drivers:run"),
        "name": f"{profile.name}: run",
        "short_name": profile.name[:12],
        "start_url": reverse("drivers:run"),
        "scope": reverse("drivers:run"),
        "display": "standalone",
        "background_color": "#f4f6f3",
        "theme_color": profile.accent,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")
