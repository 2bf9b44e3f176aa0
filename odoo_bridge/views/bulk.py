"""Acts on many entries of the desk at once."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from odoo_bridge.forms.bulk import DROP, ManyConflictsForm, ManyParkedForm
from odoo_bridge.selectors.bulk import bulk_answer
from odoo_bridge.services.act_on_many import drop_many, parked_ones, retry_many, take_odoos
from odoo_bridge.views.desk import MAY_ACT, show
from portal.accounts.access import SignedInRequest, allow


@require_POST
@allow(*MAY_ACT)
def parked(request: SignedInRequest) -> HttpResponse:
    """Try many again, or drop them with one note; say how many, and which not."""
    form = ManyParkedForm(request.POST)
    if not form.is_valid():
        return show(request, refusal=form.sentence)
    asked = form.cleaned_data
    keys = parked_ones(asked["entry"], reason=asked["reason"])
    if asked["act"] == DROP:
        did, done = "dropped", drop_many(keys, note=asked["note"], by=request.user)
    else:
        did, done = "queued again", retry_many(keys, by=request.user)
    return show(request, answer=bulk_answer(did, done.number, done.refused))


@require_POST
@allow(*MAY_ACT)
def conflicts(request: SignedInRequest) -> HttpResponse:
    """Take what Odoo has, for many; say how many, and which not."""
    form = ManyConflictsForm(request.POST)
    if not form.is_valid():
        return show(request, refusal=form.sentence)
    done = take_odoos(form.cleaned_data["entry"], by=request.user)
    return show(request, answer=bulk_answer("left as Odoo has it", done.number, done.refused))
