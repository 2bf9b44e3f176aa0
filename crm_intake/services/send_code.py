"""Text somebody the code by which they sign in, through the gate."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from crm_intake.ledger.kinds import Purpose
from crm_intake.models import OutgoingText
from crm_intake.services.send_text import send_text
from crm_intake.wording.codes import code_words
from portal.setup.selectors.profile import business_profile


def send_code(*, number: str, code: str, good_for: dt.timedelta) -> OutgoingText:
    """Send it now or never: it waits for no better hour, and not longer than it is good.

    :param code: of ``codes.DIGITS`` digits.

    :raises NotANumber: nothing could be sent there.
    """
    words = code_words(
        code=code,
        business=business_profile().name,
        minutes=good_for // dt.timedelta(minutes=1),
        host=settings.PUBLIC_HOST,
    )
    return send_text(
        number=number,
        text=words,
        purpose=Purpose.CODE,
        by=None,
        not_after=timezone.now() + good_for,
    )
