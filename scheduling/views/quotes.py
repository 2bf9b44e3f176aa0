"""``/quotes/``: what a delivery costs, while the customer is on the phone."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.errors import BeingLookedFor
from scheduling.forms.prices import QuoteForm
from scheduling.geo.address_key import key_of
from scheduling.models import Place, Quote
from scheduling.pricing.price import Goods
from scheduling.selectors.quotes import asked_for, latest_quotes, order_asked_for, shown_quotes
from scheduling.selectors.rates import price_list
from scheduling.services.make_quote import make_quote
from scheduling.services.suggest_addresses import suggest_addresses
from scheduling.views.keys import uuid_in

MAY_QUOTE = (Role.OFFICE, Role.ADMIN)
LONGEST = 300


@require_GET
@allow(*MAY_QUOTE)
def quotes(request: SignedInRequest) -> HttpResponse:
    """Ask where to, and list what was said lately.

    ``order`` fills in where it goes, with what; ``address`` where alone.
    """
    order = order_asked_for(uuid_in(request.GET.get("order", "")))
    initial = asked_for(order) if order else {"address": request.GET.get("address", "")[:LONGEST]}
    return show(request, QuoteForm(price_list(), initial=initial))


@require_POST
@allow(*MAY_QUOTE)
def quote(request: SignedInRequest) -> HttpResponse:
    """Say what it costs, or why there is no price."""
    form = QuoteForm(price_list(), request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    asked = form.cleaned_data
    product = asked["product"]
    goods = [Goods(product.pk, product.name, asked["quantity"])] if product else []
    try:
        said = make_quote(
            address=asked["address"],
            miles=asked["miles"],
            truck=asked["truck"],
            goods=goods,
            by=request.user,
        )
    except BeingLookedFor:
        return show(request, form, looked_for=True)
    except UserFacingError as refusal:
        return show(request, form, refusal=str(refusal), status=422)
    return show(request, form, said=said)


@require_GET
@allow(*MAY_QUOTE)
def addresses(request: SignedInRequest) -> HttpResponse:
    """Suggest addresses for what is typed so far."""
    words = request.GET.get("address", "").strip()[:LONGEST]
    found = suggest_addresses(words)
    return render(request, "scheduling/_quote_addresses.html", {"addresses": found})


def show(
    request: SignedInRequest,
    form: QuoteForm,
    *,
    said: Quote | None = None,
    refusal: str = "",
    looked_for: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Render the page, or what is said alone."""
    place = Place.objects.filter(key=key_of(form.data.get("address", ""))).first()
    context = {
        "form": form,
        "said": said and shown_quotes().get(pk=said.pk),
        "order": order_asked_for(uuid_in(str(form["order"].value()))),
        "place": place,
        "refusal": refusal,
        "looked_for": looked_for,
        "latest": latest_quotes(),
        "by_google": bool(settings.GOOGLE_MAPS_API_KEY),
    }
    return render_page_or_partial(
        request, "scheduling/quotes.html", "scheduling/_quote.html", context, status=status
    )
