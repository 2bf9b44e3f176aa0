"""What a provider's code says of a number, for the texts that come after."""

from crm_intake.failures import BLOCKS, NO_MOBILE
from crm_intake.ledger.kinds import Kind
from crm_intake.models import OutgoingText, PhoneNumber
from crm_intake.services.record_consent import Evidence, record_consent


def note_failure(text: OutgoingText, code: str) -> None:
    """Write a provider's block into the ledger, and remember a number where nothing is read."""
    if code in BLOCKS:
        record_consent(
            number=text.number,
            kind=Kind.PROVIDER_BLOCK,
            source=text.provider,
            action="refusal",
            evidence=Evidence(wording=f"code {code}"),
        )
    if code in NO_MOBILE:
        PhoneNumber.objects.filter(number=text.number).update(is_landline=True)
