"""A person takes a text back that waits, or says what became of one whose answer was lost."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_intake.errors import TextMovedOn
from crm_intake.models import OutgoingText
from crm_intake.services.text_states import move
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch

State = OutgoingText.State


@transaction.atomic
def take_back(*, text_id: int, by: User) -> None:
    """Let a text that waits go to nobody.

    :raises TextMovedOn: it is on its way, or was settled.
    """
    text = _lock(text_id)
    if text.state not in OutgoingText.WAITING:
        raise TextMovedOn(_("This text does not wait any more: it cannot be taken back."))
    text.rule = ""
    _settle(text, State.DROPPED, what="text taken back", by=by)


@transaction.atomic
def decide(*, text_id: int, went_out: bool, by: User) -> None:
    """Note that a text went out, or that it is given up; it is not sent again in either case.

    :raises TextMovedOn: the provider has told meanwhile, or somebody else has decided.
    """
    text = _lock(text_id)
    if text.state != State.UNKNOWN:
        raise TextMovedOn(_("What became of this text is known meanwhile."))
    state = State.SENT if went_out else State.DROPPED
    _settle(text, state, what="text decided about", by=by)


def _lock(text_id: int) -> OutgoingText:
    [text] = OutgoingText.objects.select_for_update().filter(pk=text_id)
    return text


def _settle(text: OutgoingText, state: State, *, what: str, by: User) -> None:
    old = text.state
    move(text, state)
    text.settled_at = timezone.now()
    text.save(update_fields=["state", "secret", "rule", "settled_at"])
    record(by=by, what=what, target=text, old={"state": old}, new={"state": state})
    touch("inbox")
