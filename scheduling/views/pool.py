"""Views of the pool that a dispatcher keeps."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.core.errors import UserFacingError
from scheduling.forms.pool import PoolForm, ViewForm
from scheduling.services.keep_view import forget_view, keep_view
from scheduling.views.board import MAY_PLAN, after_change, words_of


@require_POST
@allow(*MAY_PLAN)
def keep(request: SignedInRequest) -> HttpResponse:
    """Keep the search and the filters in the address under a name."""
    form = ViewForm(request.POST)
    if not form.is_valid():
        return after_change(request, refusal=words_of(form))
    query = PoolForm.of(request).query
    try:
        keep_view(name=form.cleaned_data["name"], query=query, owner=request.user)
    except UserFacingError as refusal:
        return after_change(request, refusal=str(refusal))
    return after_change(request)


@require_POST
@allow(*MAY_PLAN)
def forget(request: SignedInRequest, view_id: int) -> HttpResponse:
    """Forget a view."""
    forget_view(view_id=view_id, owner=request.user)
    return after_change(request)
