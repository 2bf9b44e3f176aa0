"""One mail about troubles with Odoo."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import timezone

from odoo_bridge.services.alert_words import News, subject_of
from portal.accounts.models import Role, User
from portal.setup.selectors.profile import business_profile

ONLY_LOGGED = "django.core.mail.backends.console.EmailBackend"
CANNOT_OPEN_THE_DESK = (Role.DRIVER, Role.PRODUCTION)


class MailFailed(Exception):
    """This mail was not sent, or nobody knows; the text does not name its address."""


class MailServerDown(MailFailed):
    """Nor would any other be."""


def send_alert_mail(news: News, *, address: str) -> None:
    """Send what began and what is over to one address.

    :raises MailFailed: the mail server did not take it.
    """
    closed = User.objects.filter(email__iexact=address, role__in=CANNOT_OPEN_THE_DESK).exists()
    context = {"news": news, "with_links": not closed}
    with timezone.override(business_profile().time_zone):
        text = render_to_string("odoo_bridge/alert_mail.txt", context)
    send_mail_to([address], subject=subject_of(news), text=text)


def send_mail_to(addresses: list[str], *, subject: str, text: str, timeout: int = 10) -> None:
    """Send one mail to these addresses; ``timeout`` in seconds.

    :raises MailFailed: the mail server did not take it, or there is none: what the mail says of
        people is not for the log.
    """
    if settings.EMAIL_BACKEND == ONLY_LOGGED:
        raise MailServerDown("Mail goes nowhere: EMAIL_URL names no mail server.")
    mail = EmailMessage(subject, text, to=addresses, connection=get_connection(timeout=timeout))
    try:
        mail.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as exc:
        raise MailFailed("The mail server refuses an address or the mail.") from exc
    except OSError as exc:  # all that smtplib raises, and what the network does
        raise MailServerDown(f"The mail server does not answer ({type(exc).__name__}).") from exc
