"""Keep words for answers that are given often."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from crm_intake.errors import TitleTaken
from crm_intake.models import SavedReply
from crm_intake.wording.segments import as_sent
from portal.accounts.models import User
from portal.audit.services.record import record


@transaction.atomic
def keep_reply(*, reply_id: int | None, title: str, text: str, by: User) -> SavedReply:
    """Keep a new one, or change one; one that is gone is kept anew.

    :raises TitleTaken: another one has this title.
    """
    known = SavedReply.objects.select_for_update().filter(pk=reply_id or 0)
    kept = known.first() or SavedReply()
    old = {"title": kept.title, "text": kept.text}
    kept.title, kept.text = title, as_sent(text)
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as exc:  # a_saved_reply_is_known_by_its_title
        raise TitleTaken(_("Another reply has this title: choose another.")) from exc
    record(
        by=by,
        what="saved reply kept",
        target=kept,
        old=old,
        new={"title": title, "text": kept.text},
    )
    return kept


@transaction.atomic
def forget_reply(*, reply_id: int, by: User) -> None:
    """Take one away; one that is gone is no error."""
    kept = SavedReply.objects.select_for_update().filter(pk=reply_id).first()
    if kept is not None:
        old = {"title": kept.title, "text": kept.text}
        record(by=by, what="saved reply removed", target=kept, old=old)
        kept.delete()
