"""``/mail/``: the mails that a trial installation did not send but kept."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.office.selectors.kept_mail import kept_mails

FILES = "django.core.mail.backends.filebased.EmailBackend"


@require_GET
@allow(Role.ADMIN)
def sent(request: SignedInRequest) -> HttpResponse:
    """Show the kept mails, newest first; there is no such page where mail is really sent."""
    if settings.EMAIL_BACKEND != FILES:
        raise Http404
    return render(request, "office/mail.html", {"mails": kept_mails()})
