"""What entries are about: which stream they go in, and how the desk names them."""

import uuid

import pytest
from django.db import transaction

from odoo_bridge.commands import (
    About,
    AddNote,
    AttachFile,
    BlockNumber,
    ChangeLead,
    CloseLead,
    UnblockNumber,
)
from odoo_bridge.models import Conflict, LeadRecord, LeadStage, OdooUser, OutboxEntry, Stream
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.conflicts import names_of, shown_conflict
from odoo_bridge.selectors.outbox import entries_in
from odoo_bridge.selectors.stream_records import mirror_of
from odoo_bridge.services.change_lead import change_lead
from odoo_bridge.services.promise_lead import promise_lead
from portal.testing.mirrors import PartnerFactory, SaleOrderFactory

KEY = uuid.UUID(int=7)
NUMBER = "+16065550123"


def note(about):
    return AddNote(about=about, about_uuid=KEY, note_uuid=uuid.uuid4(), text="Dog")


def photo(about, key=KEY):
    return AttachFile(
        about=about,
        about_uuid=key,
        file_uuid=uuid.uuid4(),
        filename="Oak.jpg",
        storage_name="proof/1",
        sha256="0" * 64,
        mimetype="image/jpeg",
        transfer_uuid=uuid.uuid4(),
    )


@pytest.mark.parametrize("about", About)
def test_a_note_goes_with_its_record(about):
    assert note(about).stream == f"{about.value}:{KEY}"


def test_a_file_goes_with_what_may_not_be_made_yet_and_beside_an_order_s_money():
    assert photo(About.LEAD).stream == f"lead:{KEY}"
    assert photo(About.PURCHASE).stream == f"purchase:{KEY}"
    assert photo(About.ORDER).stream == f"order_files:{KEY}"


def test_all_about_a_number_is_one_stream_whose_key_does_not_tell_the_number(settings):
    stream = BlockNumber(number=NUMBER).stream

    assert stream == UnblockNumber(number=NUMBER).stream
    assert stream != BlockNumber(number="+16065550124").stream
    assert stream.startswith("number:")
    assert "6065550123" not in stream
    settings.SECRET_KEY = "another"
    assert BlockNumber(number=NUMBER).stream != stream


@pytest.mark.parametrize(
    "command",
    [note(About.LEAD), photo(About.ORDER), CloseLead(lead_uuid=KEY, won=False, reason="Price")],
)
def test_a_command_comes_out_of_the_outbox_as_it_went_in(command):
    again = type(command).from_payload(command.payload())

    assert again == command
    assert again.stream == command.stream


@pytest.mark.django_db
def test_the_desk_says_what_an_entry_is_about_in_people_s_words():
    lead = promise_lead(title="Oak, 2 cords", text="", phone="")
    order = SaleOrderFactory(name="S00042")
    with transaction.atomic():
        enqueue(CloseLead(lead_uuid=lead.uuid, won=True), by=None)
        enqueue(ChangeLead(lead_uuid=lead.uuid, title="Elm"), by=None)
        enqueue(ChangeLead(lead_uuid=lead.uuid, phone="1"), by=None)
        enqueue(photo(About.ORDER, order.uuid), by=None)
        enqueue(BlockNumber(number=NUMBER), by=None)
        enqueue(note(About.CUSTOMER), by=None)

    about = {one.label: one.about for one in entries_in(OutboxEntry.State.QUEUED)}

    assert about["A lead"] == about["The end of a lead"] == "Oak, 2 cords"
    assert about["A lead's data"] == "Elm"
    assert about["A file"].startswith("S00042")
    assert about["A number that gets no texts"] == NUMBER
    assert about["A note"] == f"partner:{KEY}"
    files = Stream.objects.get(key=f"order_files:{order.uuid}")
    assert mirror_of(files) == order


@pytest.mark.django_db
def test_a_change_of_a_lead_begins_from_what_was_promised_until_odoo_has_told_more():
    lead = promise_lead(title="Text", text="", phone="1")
    changes = {"phone": "2", "owner_odoo_id": 3, "city": "Ashland"}

    entry = change_lead(lead_uuid=lead.uuid, changes=changes, seen={"phone": "0"}, by=None)

    assert entry.base == {"phone": "0", "user_id": False}
    OutboxEntry.objects.all().delete()
    LeadRecord.objects.update(remote={"phone": "5", "user_id": 6})
    entry = change_lead(lead_uuid=lead.uuid, changes=changes, seen={}, by=None)
    assert entry.base == {"phone": "5", "user_id": 6}


@pytest.mark.django_db
def test_a_conflict_names_the_stage_and_the_salesperson():
    LeadStage.objects.create(odoo_id=3, name="Qualified")
    OdooUser.objects.create(odoo_id=5, login="joel@yard.test", contact=PartnerFactory(name="Joel"))
    OdooUser.objects.create(odoo_id=6, login="bot@yard.test")
    sides = {"base": {"user_id": 5}, "mine": {"user_id": 6}, "theirs": {"user_id": 7}}
    stages = {"base": {"stage_id": 3}, "mine": {"stage_id": 4}, "theirs": {"stage_id": False}}
    conflicts = [Conflict(key="user_id", **sides), Conflict(key="stage_id", **stages)]

    people, steps = [shown_conflict(one, names_of(conflicts)).fields[0] for one in conflicts]

    assert (people.label, people.base, people.mine) == ("Salesperson", "Joel", "bot@yard.test")
    assert people.theirs == "#7"
    assert (steps.label, steps.base, steps.mine, steps.theirs) == ("Stage", "Qualified", "#4", "—")
