"""What shows that something was handed over."""

import uuid

from django.db import models

from drivers.models.stop_action import StopAction


def where(proof: "ProofOfDelivery", _name: str) -> str:
    """Return a name that tells nothing and is nobody else's."""
    return f"proofs/{proof.uuid.hex}"


class ProofOfDelivery(models.Model):
    """The bytes of a picture or a signature, as the phone sent them: its act says when and where.

    An act of ``StopAction.WITH_FILES`` without a proof is one whose bytes are still on the phone.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    action = models.OneToOneField(StopAction, models.PROTECT, related_name="proof")
    file = models.FileField(upload_to=where)
    sha256 = models.CharField(max_length=64)
    mimetype = models.CharField(max_length=20)
    arrived_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"proof {self.uuid}"
