"""``/setup/``: the business, its people, and what is not connected yet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from crm_intake.selectors.program import text_program
from crm_intake.selectors.rules import intake_rules
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.accounts.selectors.people import everybody
from portal.office.forms.alerts import AlertsForm
from portal.office.forms.intake import IntakeForm
from portal.office.forms.people import InvitePersonForm
from portal.office.forms.profile import ProfileForm
from portal.office.forms.program import ProgramForm
from portal.office.selectors.first_run import first_run_steps
from portal.setup.selectors.profile import business_profile


@require_GET
@allow(Role.ADMIN)
def setup(request: SignedInRequest) -> HttpResponse:
    """Show all sections; each is changed by a form of its own."""
    return setup_page(request)


def setup_page(
    request: SignedInRequest,
    *,
    profile_form: ProfileForm | None = None,
    invite_form: InvitePersonForm | None = None,
    alerts_form: AlertsForm | None = None,
    intake_form: IntakeForm | None = None,
    program_form: ProgramForm | None = None,
) -> HttpResponse:
    """Render the page: 422 with a form that was refused in its place, 200 without one."""
    context = {
        "steps": first_run_steps(),
        "profile_form": profile_form or ProfileForm.of(business_profile()),
        "people": everybody(),
        "invite_form": invite_form or InvitePersonForm(),
        "alerts_form": alerts_form or AlertsForm(),
        "intake_form": intake_form or IntakeForm.of(intake_rules()),
        "program_form": program_form or ProgramForm.of(text_program()),
    }
    refused = profile_form or invite_form or alerts_form or intake_form or program_form
    return render(request, "office/setup.html", context, status=422 if refused else 200)
