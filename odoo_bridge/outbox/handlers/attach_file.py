"""``AttachFile``: the bytes come out of our storage when they are sent, and are compared after."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import MOST_BYTES, AttachFile
from odoo_bridge.outbox.sending import Sending
from odoo_bridge.outbox.steps import make_true
from odoo_bridge.outbox.subjects import SUBJECTS, TRANSFER, find

MODEL = "ir.attachment"
STEP = f"{MODEL}.load"
COLUMNS = ("name", "res_model", "res_id", "mimetype", "datas")
AS_IT_IS = {"image_no_postprocess": True}  # Odoo would make a large photo smaller


def attach_file(command: AttachFile, odoo: Sending) -> Callable[[], None]:
    """Attach the file to its record, unless it is there. The portal keeps nothing of that.

    :raises OdooRejected: the record or the file is gone, or Odoo has other bytes than we sent.
    """
    if command.transfer_uuid:
        subject, key = TRANSFER, command.transfer_uuid
    else:
        subject, key = SUBJECTS[command.about], command.about_uuid
    odoo_id = find(odoo, subject, key)
    content = content_of(command)
    checksum = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    there = [
        ["res_model", "=", subject.odoo_model],
        ["res_id", "=", odoo_id],
        ["checksum", "=", checksum],
    ]

    def call(_number: int) -> Any:
        name = odoo.external_id("file", command.file_uuid)
        datas = base64.b64encode(content).decode()
        row = (name, command.filename, subject.odoo_model, odoo_id, command.mimetype, datas)
        return odoo.create(MODEL, COLUMNS, row, context=AS_IT_IS)

    make_true(lambda: odoo.read(MODEL, "search_count", domain=there), bool, call, step=STEP)
    return lambda: None


def content_of(command: AttachFile) -> bytes:
    """Return the bytes that were promised.

    :raises OdooRejected: they are gone, are others now, or too many.
    """
    called = f"The file “{command.filename}”"
    try:
        with default_storage.open(command.storage_name) as file:
            content: bytes = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise OdooRejected(f"{called} is not in the portal's storage any more.", STEP) from None
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1024**2
        raise OdooRejected(f"{called} is larger than {most} MB, and Odoo gets none such.", STEP)
    if hashlib.sha256(content).hexdigest() != command.sha256:
        raise OdooRejected(f"{called} is not what it was when it was promised.", STEP)
    return content
