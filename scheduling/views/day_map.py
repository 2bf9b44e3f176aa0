"""``/board/map``: where a day's runs go."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.http import render_page_or_partial
from scheduling.selectors.day_map import day_map
from scheduling.views.board import MAY_PLAN, ONE_DAY, shown_day


@require_GET
@allow(*MAY_PLAN, Role.DIRECTOR)
def show(request: SignedInRequest) -> HttpResponse:
    """Show the day; what others change appears by itself."""
    day = shown_day(request)
    context = {
        "map": day_map(day=day),
        "day": day,
        "today": timezone.localdate(),
        "before": day - ONE_DAY,
        "after": day + ONE_DAY,
        "may_price": request.user.role == Role.ADMIN,
        "map_tiles": {
            "url": settings.MAP_TILES_URL,
            "attribution": settings.MAP_TILES_ATTRIBUTION,
        },
    }
    return render_page_or_partial(
        request, "scheduling/day_map.html", "scheduling/_day_map.html", context
    )
