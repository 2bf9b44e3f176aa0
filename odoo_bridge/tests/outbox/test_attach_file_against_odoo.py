"""A file is attached to its record in a real Odoo, once, as it is."""

import base64
import hashlib
import io
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from odoo_bridge.client import Kind
from odoo_bridge.commands import MOST_BYTES, About, AttachFile
from odoo_bridge.models import OutboxEntry
from odoo_bridge.sync.specs import PICKING, SALE_ORDER
from odoo_bridge.tests.outbox.leads import a_lead
from odoo_bridge.tests.outbox.purchases import mirrored
from portal.local.faulty_faults import DROP_ANSWER, DUPLICATE

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State = OutboxEntry.State
FIELDS = ("name", "mimetype", "file_size", "checksum", "public")
PDF = b"%PDF-1.4 signed by Ann"


@pytest.fixture(autouse=True)
def our_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def large_photo():
    """Return a photo larger than Odoo likes to keep them."""
    photo = io.BytesIO()
    Image.new("RGB", (2500, 2000), "green").save(photo, "JPEG")
    return photo.getvalue()


def file_for(about, record, content=PDF, **values):
    """Put the content into our storage; return the command that attaches it."""
    return AttachFile(
        about=about,
        about_uuid=record.uuid,
        file_uuid=uuid.uuid4(),
        storage_name=default_storage.save(str(uuid.uuid4()), ContentFile(content)),
        sha256=hashlib.sha256(content).hexdigest(),
        **{"filename": "Proof.pdf", "mimetype": "application/pdf", **values},
    )


def files_at(yard, model, odoo_id):
    domain = [["res_model", "=", model], ["res_id", "=", odoo_id]]
    return yard.rows("ir.attachment", domain, *FIELDS)


def test_photo_and_document_are_attached_to_an_order_and_to_its_transfer(
    yard, db, queue, drained, send_again
):
    [sold] = yard.sold()
    [order] = mirrored(yard, SALE_ORDER, [["id", "=", sold.order]])
    [transfer] = mirrored(yard, PICKING, [["id", "=", sold.picking]])
    photo = large_photo()
    of_photo = {"filename": "Oak.jpg", "mimetype": "image/jpeg", "transfer_uuid": transfer.uuid}
    queue(file_for(About.ORDER, order), file_for(About.ORDER, order, photo, **of_photo))

    assert drained() == ["ir.attachment.load"] * 2

    [document] = files_at(yard, "sale.order", sold.order)
    assert (document["name"], document["mimetype"]) == ("Proof.pdf", "application/pdf")
    assert (document["file_size"], document["public"]) == (len(PDF), False)
    [picture] = files_at(yard, "stock.picking", sold.picking)
    assert (picture["name"], picture["mimetype"]) == ("Oak.jpg", "image/jpeg")
    assert picture["checksum"] == hashlib.sha1(photo, usedforsecurity=False).hexdigest()
    assert send_again() == []


def test_the_largest_file_there_may_be_is_attached(yard, db, send):
    lead = a_lead(yard)

    [entry] = send(file_for(About.LEAD, lead, bytes(MOST_BYTES), filename="Site.bin"))

    assert (entry.state, entry.last_error) == (State.DONE, "")
    [found] = files_at(yard, "crm.lead", lead.odoo_id)
    assert found["file_size"] == MOST_BYTES


def test_a_file_that_is_gone_changed_or_too_large_is_for_a_person(yard, db, send):
    lead = a_lead(yard)
    gone = file_for(About.LEAD, lead, filename="Gone")
    changed = file_for(About.LEAD, lead, filename="New")
    default_storage.delete(gone.storage_name)
    default_storage.delete(changed.storage_name)
    default_storage.save(changed.storage_name, ContentFile(b"other"))
    large = file_for(About.LEAD, a_lead(yard), bytes(MOST_BYTES + 1), filename="Film")

    [of_gone] = send(gone)
    OutboxEntry.objects.all().delete()  # it holds up what else the lead gets
    entries = [of_gone, *send(changed, large)]

    assert [entry.state for entry in entries] == [State.PARKED] * 3
    assert [entry.last_error for entry in entries] == [
        "The file “Gone” is not in the portal's storage any more.",
        "The file “New” is not what it was when it was promised.",
        "The file “Film” is larger than 20 MB, and Odoo gets none such.",
    ]
    assert files_at(yard, "crm.lead", lead.odoo_id) == []


@pytest.mark.parametrize("fault", [DROP_ANSWER, DUPLICATE], ids=lambda fault: fault.name)
def test_there_is_one_file_after_any_fault(yard, db, survive, fault):
    lead = a_lead(yard)

    survive(file_for(About.LEAD, lead), fault, "ir.attachment.load")

    [found] = files_at(yard, "crm.lead", lead.odoo_id)
    content = yard.client.call(
        "ir.attachment",
        "read",
        kind=Kind.READ_RECORDS,
        ids=[found["id"]],
        fields=["datas"],
        context={"bin_size": False},
    )
    assert base64.b64decode(content[0]["datas"]) == PDF
