"""Signing in by a code, where allauth's pages say too little, or too much."""

import time

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import passthrough_next_redirect_url
from allauth.account.views import confirm_login_code, request_login_code
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

ASKED_IN = 0.3  # seconds: far longer than the gate needs


@login_not_required
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Send a code if the number is somebody's; how long that takes must not tell."""
    began = time.monotonic()
    answer: HttpResponse = request_login_code(request)
    if request.method == "POST":
        time.sleep(max(0.0, began + ASKED_IN - time.monotonic()))
    return answer


@login_not_required
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Take the code; say so where it was too old, and keep where the person wanted to go."""
    was_asked_for = LOGIN_SESSION_KEY in request.session
    answer: HttpResponse = confirm_login_code(request)
    ask_again = reverse("account_request_login_code")
    if answer.headers.get("Location") != ask_again:
        return answer
    has_said_why = getattr(messages.get_messages(request), "added_new", False)
    if was_asked_for and not has_said_why:
        messages.error(request, _("That code is too old. Ask for a new one."))
    return HttpResponseRedirect(
        passthrough_next_redirect_url(request, ask_again, REDIRECT_FIELD_NAME)
    )
