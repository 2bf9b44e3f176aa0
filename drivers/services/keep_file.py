"""Keep the bytes of a picture or a signature, and promise them to Odoo."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from drivers.errors import OtherFile
from drivers.models import Decision, ProofOfDelivery, StopAction
from odoo_bridge.commands import About, AttachFile
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User
from portal.core.changes import touch
from portal.core.pictures import kind_of_clean
from portal.setup.selectors.profile import business_zone

MOST_SIDE = 4096  # pixels: the phone makes it smaller than that
OF_KIND = {"JPEG": "image/jpeg", "PNG": "image/png"}
ENDS = {"image/jpeg": "jpg", "image/png": "png"}


def keep_file(*, action: StopAction, content: bytes, by: User) -> ProofOfDelivery:
    """Keep what an act has named, byte for byte; the same again is the same file.

    Of a delivery that counts it is attached to the transfer in Odoo.

    :raises OtherFile: it is not what the act has named.
    :raises NotAPicture: it is none, or carries more than a picture.
    """
    digest = hashlib.sha256(content).hexdigest()
    if (len(content), digest) != (action.details["size"], action.details["sha256"]):
        raise OtherFile("This is not the picture that was taken there. Send that one.")
    mimetype = OF_KIND[kind_of_clean(content, most_side=MOST_SIDE)]
    with transaction.atomic():
        StopAction.objects.select_for_update(of=("self",), no_key=True).get(pk=action.pk)
        if known := ProofOfDelivery.objects.filter(action=action).first():
            return known
        proof = ProofOfDelivery(action=action, sha256=digest, mimetype=mimetype)
        proof.file.save("", ContentFile(content), save=False)
        proof.save()
        decided = Decision.objects.filter(action=action, counts=True)
        if action.verdict == StopAction.Verdict.APPLIED or decided.exists():
            promise_file(proof, by=by)
        touch("drives")
    return proof


def promise_file(proof: ProofOfDelivery, *, by: User) -> None:
    """Promise Odoo the file, with its transfer; what is fetched has no order to put it with.

    A check shows somebody's account: whoever counts it sees it, not all who read transfers.
    """
    action, job = proof.action, proof.action.job
    if job is None or job.order is None or action.what == StopAction.What.CHECK:
        return
    what, at = action.get_what_display(), timezone.localtime(action.done_at, business_zone())
    command = AttachFile(
        about=About.ORDER,
        about_uuid=job.order.uuid,
        transfer_uuid=job.picking.uuid,
        file_uuid=proof.uuid,
        filename=f"{job.name} {what} {at:%Y-%m-%d %H.%M.%S}.{ENDS[proof.mimetype]}",
        storage_name=str(proof.file.name),
        sha256=proof.sha256,
        mimetype=proof.mimetype,
    )
    enqueue(command, by=by)
