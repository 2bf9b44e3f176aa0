"""``/texts/``: the public page where people sign up for news by text; ``/texts/form/`` is a part
that other web sites may show."""

from allauth.account.adapter import get_adapter
from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from crm_intake.errors import NotANumber, TooManyTries
from crm_intake.forms.sign_up import SignUpForm
from crm_intake.models import TextProgram
from crm_intake.selectors.program import as_shown, open_program
from crm_intake.services.sign_up import sign_up
from crm_intake.wording.program import disclosure


# In a frame of another site no cookie comes along: the signed note in the form stands for it.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show what the texts are, how to get them, and the form."""
    return answer(request, found(), "crm_intake/sign_up.html")


@csrf_exempt
@login_not_required
@xframe_options_exempt
@require_http_methods(["GET", "POST"])
def frame(request: HttpRequest) -> HttpResponseBase:
    """Show the form alone, also within the sites that the business has named."""
    program = found()
    within = csp_replace({"frame-ancestors": program.embedded_on or [NONE]})
    return within(lambda asked: answer(asked, program, "crm_intake/sign_up_frame.html"))(request)


def found() -> TextProgram:
    """Return the programme.

    :raises Http404: there is none to sign up for.
    """
    program = open_program()
    if program is None:
        raise Http404
    return program


def answer(request: HttpRequest, program: TextProgram, template: str) -> HttpResponse:
    """Render the form, what is wrong with it, or that it was sent; it tells nobody's state."""
    form = SignUpForm(request.POST if request.method == "POST" else None)
    is_sent = form.is_bound and form.is_valid()
    if is_sent and not form.is_of_a_program:
        try:
            _sign_up(request, program, form)
        except (NotANumber, TooManyTries) as refusal:
            form.add_error("number", str(refusal))
            is_sent = False
    if form.errors:
        form.begin_anew()
    shown = as_shown(program)
    context = {
        "form": form,
        "is_sent": is_sent,
        "program": program,
        "shown": shown,
        "disclosure": disclosure(shown),
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _sign_up(request: HttpRequest, program: TextProgram, form: SignUpForm) -> None:
    sign_up(
        program=program,
        number=form.cleaned_data["number"],
        url=f"{settings.PUBLIC_URL}{request.path}",
        ip=get_adapter().get_client_ip(request),
        user_agent=request.headers.get("User-Agent", ""),
    )
