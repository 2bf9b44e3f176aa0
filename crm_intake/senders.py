"""All senders, and the one that is set up: each folder with a module ``sender`` has one."""

from django.conf import settings

from crm_intake.console.sender import SENDER as CONSOLE
from crm_intake.quo.sender import SENDER as QUO
from crm_intake.sender import Sender
from crm_intake.twilio.sender import SENDER as TWILIO

SENDERS = {sender.name: sender for sender in (CONSOLE, QUO, TWILIO)}


def sender() -> Sender:
    """Return the one that ``TEXT_PROVIDER`` names."""
    return SENDERS[settings.TEXT_PROVIDER]
