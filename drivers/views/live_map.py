"""``/runs/map/``: where the runs of a day are just now."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from drivers.selectors.live_map import live_map
from drivers.views.road import MAY_DECIDE, day_of
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.http import render_page_or_partial


@require_GET
@allow(*MAY_DECIDE, Role.DIRECTOR)
def show(request: SignedInRequest) -> HttpResponse:
    """Show them; what drivers do, and where they drive, appears by itself."""
    context = {
        "map": live_map(day=day_of(request)),
        "today": timezone.localdate(),
        "may_plan": request.user.role in MAY_DECIDE,
        "map_tiles": {
            "url": settings.MAP_TILES_URL,
            "attribution": settings.MAP_TILES_ATTRIBUTION,
        },
    }
    return render_page_or_partial(
        request, "drivers/live_map.html", "drivers/_live_map.html", context
    )
