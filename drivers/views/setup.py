"""``/setup/drivers/``: what the business wants of the drivers' day."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from drivers.forms.rules import RulesForm
from drivers.selectors.rules import driver_rules
from drivers.services.change_rules import change_rules
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role


@require_GET
@allow(Role.ADMIN)
def rules(request: SignedInRequest) -> HttpResponse:
    """Show the choices."""
    form = RulesForm(initial=model_to_dict(driver_rules()))
    return render(request, "drivers/setup.html", {"form": form})


@require_POST
@allow(Role.ADMIN)
def change(request: SignedInRequest) -> HttpResponse:
    """Keep them, or say what is wrong with them."""
    form = RulesForm(request.POST)
    if not form.is_valid():
        return render(request, "drivers/setup.html", {"form": form}, status=422)
    change_rules(changes=form.cleaned_data, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("drivers:rules")
