"""Why a text did not go out or arrive: the codes of providers, in plain words.

Sources: Twilio's error dictionary and Quo's API reference (read 2026-11-21).
"""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

BLOCKS = frozenset(["21610"])
NO_MOBILE = frozenset(["21614", "30006"])
WORDS: dict[str, StrOrPromise] = {
    "21211": _("There is no such number."),
    "21610": _("The person has stopped texts at the provider."),
    "21614": _("This is no mobile number."),
    "30003": _("The telephone is off or out of reach."),
    "30004": _("The telephone or its carrier blocks texts."),
    "30005": _("The number is not in service."),
    "30006": _("This is a landline, or its carrier takes no texts."),
    "30007": _("The carrier took it for unwanted advertising."),
    "30022": _("Too many texts a second for this registration."),
    "30023": _("The carrier's limit for today is reached."),
    "30034": _("The number of the business is not registered for texts (10DLC)."),
    "0206400": _("Quo has not approved this business for texts yet (A2P)."),
    "0201402": _("The subscription at Quo has ended."),
    "0204403": _("The carrier's limit for today is reached."),
    "failed": _("The provider could not send it."),
    "undelivered": _("The carrier did not deliver it."),
    "HTTP 401": _("The provider refuses our key."),
    "HTTP 403": _("The provider refuses our key."),
}


def words_of(code: str) -> StrOrPromise:
    """Return why, in plain words; the provider's own code where nobody here knows it."""
    return WORDS.get(code) or _("The provider gives the reason %(code)s.") % {"code": code}
