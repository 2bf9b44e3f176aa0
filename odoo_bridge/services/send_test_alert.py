"""Show that those who were chosen can be told, now and with no trouble at hand."""

from odoo_bridge.chat.client import ChatFailed, post
from odoo_bridge.services.send_alert_mail import MailFailed, send_mail_to
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.setup.selectors.profile import business_profile
from portal.setup.selectors.who_is_told import who_is_told

PATIENCE = 2  # seconds: somebody waits for the page


def send_test_alert(*, by: User) -> list[tuple[bool, str]]:
    """Send one mail to all addresses and one message to the chat.

    Return whether each way works, with a sentence for people.
    """
    told, name = who_is_told(), business_profile().name
    text = f"{by.name} of {name} tests who is told of troubles with Odoo. All is well."
    record(by=by, what="a test sent to who is told", target=by)
    answers = [by_mail([*told.addresses], text)] if told.addresses else []
    if told.chat_url:
        answers.append(by_chat(told.chat_url, text))
    return answers or [(False, "Nobody is told: choose somebody first.")]


def by_mail(addresses: list[str], text: str) -> tuple[bool, str]:
    """Send the mail; return how that went."""
    try:
        send_mail_to(addresses, subject="A test", text=text, timeout=PATIENCE)
    except MailFailed as failed:
        return False, str(failed)
    return True, f"A mail is on its way to {', '.join(addresses)}."


def by_chat(url: str, text: str) -> tuple[bool, str]:
    """Post the message; return how that went."""
    try:
        post(url, text, timeout=PATIENCE)
    except ChatFailed as failed:
        return False, str(failed)
    return True, "The chat has the message."
