"""Change the news that people can sign up for."""

from collections.abc import Sequence

from django.db import transaction

from crm_intake.models import TextProgram
from portal.accounts.models import User
from portal.audit.services.record import record_changes


@transaction.atomic
def change_program(  # noqa: PLR0913 - each is a field of the form
    *,
    about: str,
    frequency: str,
    keyword: str,
    terms_url: str,
    privacy_url: str,
    embedded_on: Sequence[str],
    is_open: bool,
    by: User,
) -> TextProgram:
    """Keep it; what changed is audited. Who has agreed before has agreed to the old wording."""
    program = TextProgram.objects.select_for_update().first() or TextProgram(pk=1)
    values = {
        "about": about,
        "frequency": frequency,
        "keyword": keyword,
        "terms_url": terms_url,
        "privacy_url": privacy_url,
        "embedded_on": list(embedded_on),
        "is_open": is_open,
    }
    record_changes(by=by, what="text programme changed", target=program, changes=values)
    program.save()
    return program
