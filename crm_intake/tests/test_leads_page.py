"""The leads: who is listed under what, what is to be done next, and what the office does."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from crm_intake.errors import LeadEnded
from crm_intake.models import Conversation, Person
from crm_intake.services.work_lead import convert_lead
from crm_intake.tests.talk import HTMX, page_of, post
from odoo_bridge.models import LeadRecord, OutboxEntry
from portal.accounts.models import Role, User
from portal.audit.models import AuditRow
from portal.testing.leads import LeadFactory, OdooUserFactory, StageFactory
from portal.testing.mirrors import PartnerFactory

pytestmark = pytest.mark.django_db
State = OutboxEntry.State
QUERIES = 12


def read(browser, **query):
    return browser.get("/leads/", query).text


def act(browser, lead, name, headers=HTMX, **data):
    return browser.post(f"/leads/{lead.uuid}/{name}/", data, headers=headers)


def commands():
    return list(OutboxEntry.objects.order_by("pk").values_list("command", "payload"))


def test_a_text_stands_there_as_a_lead_with_its_person(office, ann):
    Person.objects.filter(pk=ann.pk).update(name="Ann Miller")
    page = read(office)
    assert "Ann Miller" in page
    assert "on its way to Odoo" in page
    lead = LeadRecord.objects.get()
    assert page_of(ann) in office.get(f"/leads/{lead.uuid}/").text


def test_a_lead_of_odoo_is_linked_with_the_person_of_its_number(office, ann):
    other = LeadFactory(phone="(606) 555-0123", contact_name="Ann of Odoo")
    assert page_of(ann) in office.get(f"/leads/{other.uuid}/").text
    nobody = LeadFactory(phone="oak")
    assert "All that was said" not in office.get(f"/leads/{nobody.uuid}/").text


def test_each_stands_where_it_belongs(signed_in):
    seller = OdooUserFactory()
    me = signed_in(Role.OFFICE)
    assert "Your user in Odoo is not known here" in read(me, show="mine")
    User.objects.update(odoo_user_id=seller.odoo_id)
    leads = {
        "nobodys": LeadFactory(name="Nobody has it"),
        "mine": LeadFactory(name="I have it", owner=seller, owner_odoo_id=seller.odoo_id),
        "won": LeadFactory(name="It is won", stage__is_won=True),
        "lost": LeadFactory(name="It is lost", active=False),
    }
    LeadFactory(name="Odoo deleted it", deleted_at=timezone.now())
    for show, lead in leads.items():
        page = read(me, show=show)
        assert [one for one, other in leads.items() if other.name in page] == [show], show
        assert lead.name in page
    for show in ("open", "odd"):
        page = read(me, show=show)
        assert [one for one, other in leads.items() if other.name in page] == ["nobodys", "mine"]
    assert "Odoo deleted it" not in page


def test_who_looks_for_words_finds_titles_names_and_numbers(office):
    LeadFactory(
        name="Oak for the winter",
        phone="+1 606-555-0123",
        customer=PartnerFactory(name="Miller Ltd"),
    )
    for words in ("oak", "miller oak", "6065550123", "(606) 555 0123", "606-555"):
        assert "Oak for the winter" in read(office, q=words), words
    assert "No lead has these words." in read(office, q="pine")
    assert "No lead is open." not in read(office, q="pine")
    assert "None." in read(office, show="won")


def a_talk(lead, **values):
    person = Person.objects.create(name=f"Person of {lead.name}")
    person.numbers.create(number=f"+1606555{person.pk:04}")
    LeadRecord.objects.filter(pk=lead.pk).update(phone=person.numbers.get().number)
    defaults = {"person": person, "last_at": timezone.now(), "last_was_ours": True}
    return Conversation.objects.create(**{**defaults, **values})


def test_the_next_step_is_said_and_the_most_pressing_comes_first(office, ann):
    owner = OdooUserFactory()
    given = {"owner": owner, "owner_odoo_id": owner.odoo_id}
    LeadFactory(name="quiet", **given)
    a_talk(LeadFactory(name="waits", **given))
    a_talk(LeadFactory(name="asked long ago", **given), last_at=timezone.now() - dt.timedelta(8))
    a_talk(LeadFactory(name="wrote", **given), last_was_ours=False)
    a_talk(LeadFactory(name="done", **given), last_was_ours=False, state="DONE")
    LeadFactory(name="of nobody")
    stuck = LeadFactory(name="refused", **given)
    act(office, stuck, "close", won="1")
    OutboxEntry.objects.filter(command="CloseLead").update(state=State.PARKED)

    page = read(office)
    steps = [
        "Decide what Odoo refused",
        "Call back",
        "Answer",
        "Choose who sees to it",
        "Offer something, or close it",
        "Ask again",
        "Wait for their answer",
    ]
    places = [page.index(f"{step}</span>") for step in steps]
    assert places == sorted(places)
    assert "Odoo refused" in page


def test_many_leads_cost_no_more(office, ann, django_assert_num_queries):
    for number in range(3):
        a_talk(LeadFactory(owner=OdooUserFactory(), customer=PartnerFactory()))
        if number in {0, 2}:
            with django_assert_num_queries(QUERIES):
                office.get("/leads/")


def test_somebody_is_chosen_and_the_stage_changed(office):
    lead, seller, stage = LeadFactory(), OdooUserFactory(contact__name="Sue"), StageFactory()
    seen = {"seen_owner": "", "seen_stage": lead.stage.odoo_id}
    answer = act(
        office, lead, "change", **seen, owner_odoo_id=seller.odoo_id, stage_odoo_id=stage.odoo_id
    )
    assert answer.status_code == 200
    assert "Saved." in answer.text
    assert "Sue" in read(office)
    [(command, payload)] = commands()
    assert (command, payload["owner_odoo_id"]) == ("ChangeLead", seller.odoo_id)
    assert payload["stage_odoo_id"] == stage.odoo_id
    assert AuditRow.objects.get().new == {
        "owner_odoo_id": seller.odoo_id,
        "stage_odoo_id": stage.odoo_id,
    }


def test_what_nobody_changed_is_not_promised(office):
    seller = OdooUserFactory()
    lead = LeadFactory(owner=seller, owner_odoo_id=seller.odoo_id)
    same = {"owner_odoo_id": seller.odoo_id, "stage_odoo_id": lead.stage.odoo_id}
    seen = {"seen_owner": seller.odoo_id, "seen_stage": lead.stage.odoo_id}
    act(office, lead, "change", **same, **seen)
    assert commands() == []

    act(office, lead, "change", **{**same, "owner_odoo_id": ""}, **seen)
    [(_command, payload)] = commands()
    assert (payload["owner_odoo_id"], payload["stage_odoo_id"]) == (0, None)


def test_a_lead_that_odoo_has_not_made_yet_has_no_stage_to_choose(office, ann):
    lead, seller = LeadRecord.objects.get(), OdooUserFactory()
    assert "stage_odoo_id" not in office.get(f"/leads/{lead.uuid}/").text
    assert act(office, lead, "change", owner_odoo_id=seller.odoo_id).status_code == 200
    assert commands()[-1][1]["stage_odoo_id"] is None


def test_a_choice_that_is_none_is_refused(office):
    lead = LeadFactory()
    answer = act(office, lead, "change", owner_odoo_id="99")
    assert answer.status_code == 422
    assert "Select a valid choice." in answer.text
    assert commands() == []


def test_an_owner_who_has_left_stays_when_the_stage_is_changed(office):
    gone = OdooUserFactory(active=False)
    lead, stage = LeadFactory(owner=gone, owner_odoo_id=gone.odoo_id), StageFactory()
    page = office.get(f"/leads/{lead.uuid}/").text
    assert f'value="{gone.odoo_id}" selected' in page
    assert '<option value="">—' not in page
    seen = {"seen_owner": gone.odoo_id, "seen_stage": lead.stage.odoo_id}
    act(office, lead, "change", **seen, owner_odoo_id=gone.odoo_id, stage_odoo_id=stage.odoo_id)
    [(_command, payload)] = commands()
    assert payload["owner_odoo_id"] is None


def test_a_stage_that_odoo_has_no_more_can_stay(office):
    lead = LeadFactory(stage__deleted_at=timezone.now())
    assert lead.stage.name in office.get(f"/leads/{lead.uuid}/").text
    assert (
        '<option value="" selected>—' in office.get(f"/leads/{LeadFactory(stage=None).uuid}/").text
    )


def test_it_becomes_an_opportunity_once(office):
    lead = LeadFactory(customer_odoo_id=5)
    for _time in range(2):
        answer = act(office, lead, "opportunity")
        assert "It becomes an opportunity." in answer.text
    [(command, payload)] = commands()
    assert (command, payload["customer_odoo_id"]) == ("ConvertLead", 5)
    assert "Make it an opportunity" not in office.get(f"/leads/{lead.uuid}/").text


@pytest.mark.parametrize(
    ("how", "payload", "outcome"),
    [
        ({"won": "1", "reason": "x"}, {"won": True, "reason": ""}, "Won."),
        ({"lost": "1", "reason": "Too dear"}, {"won": False, "reason": "Too dear"}, "Lost."),
    ],
)
def test_it_is_won_or_lost(office, how, payload, outcome):
    lead = LeadFactory()
    answer = act(office, lead, "close", headers=None, **how)
    assert answer.status_code == 302
    page = office.get(answer.url).text
    assert outcome in page
    assert "How it ended" not in page
    [(_command, promised)] = commands()
    assert {name: promised[name] for name in payload} == payload


def test_what_has_ended_meanwhile_is_left_alone(office):
    lead = LeadFactory(active=False)
    for name in ("change", "opportunity", "close"):
        answer = act(office, lead, name, owner_odoo_id="")
        assert answer.status_code == 422, name
        assert "This lead was closed meanwhile." in answer.text
    assert commands() == []


def test_a_reason_that_is_too_long_is_refused(office):
    answer = act(office, LeadFactory(), "close", lost="1", reason="x" * 201)
    assert answer.status_code == 422
    assert commands() == []


@pytest.mark.parametrize("name", ["change", "opportunity", "close"])
def test_a_lead_that_is_gone_is_not_found(office, name):
    assert act(office, LeadFactory(deleted_at=timezone.now()), name).status_code == 404


def test_a_director_only_reads(signed_in):
    lead, director = LeadFactory(name="Oak"), signed_in(Role.DIRECTOR)
    page = director.get(f"/leads/{lead.uuid}/").text
    assert "Oak" in page
    assert "Whose it is" not in page


def test_done_talk_wants_no_answer(office, ann):
    post(office, "settle", ann)
    assert "Call back</span>" not in read(office)


def test_a_lead_that_went_while_somebody_acted_is_refused(office):
    with pytest.raises(LeadEnded, match="does not exist any more"):
        convert_lead(key=uuid.uuid4(), by=office.user)
