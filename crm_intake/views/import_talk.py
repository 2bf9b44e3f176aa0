"""``/people/import/``: take over another program's consents, texts and calls from a CSV file."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from crm_intake.forms.import_talk import ImportForm
from crm_intake.selectors.import_plan import plan_import
from crm_intake.services.import_talk import import_talk
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role

LONGEST_WAIT = dt.timedelta(seconds=20)
MOST_SHOWN = 50  # bad rows: who has more has a wrong file


@require_http_methods(["GET", "POST"])
@allow(Role.ADMIN)
def import_page(request: SignedInRequest) -> HttpResponse:
    """Say what would happen with a file; do it when the same file is given once more."""
    if request.method == "GET":
        return render(request, "crm_intake/import.html", {"form": ImportForm()})
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid() or form.read is None:
        return render(request, "crm_intake/import.html", {"form": form}, status=422)
    plan = plan_import(form.read.good)
    if form.is_confirmed and plan.new:
        number = import_talk(plan, by=request.user, until=timezone.now() + LONGEST_WAIT)
        done = ngettext("%(number)d row is imported.", "%(number)d rows are imported.", number)
        messages.success(request, done % {"number": number})
        if number < len(plan.new):
            messages.warning(request, _("Some rows are left: choose the file once more to go on."))
        return redirect("people:import")
    context = {
        "form": ImportForm(initial={"rows": form.read.rows, "seen": form.digest}),
        "read": form.read,
        "plan": plan,
        "bad": form.read.bad[:MOST_SHOWN],
    }
    return render(request, "crm_intake/import.html", context)
