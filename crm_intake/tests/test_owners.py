"""Who gets a new lead: by the number called, by where the caller is, by turns."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from crm_intake.models import LeadRoute, LeadTurn
from crm_intake.services.choose_owner import choose_owner
from crm_intake.territory import closeness, territory
from crm_intake.tests.talk import ANN
from odoo_bridge.models import CountryState, LeadRecord
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.leads import OdooUserFactory
from portal.testing.mirrors import PartnerFactory

pytestmark = pytest.mark.django_db
OURS = "+16065550100"
Kind = LeadRoute.Kind


def route(value, kind=Kind.TERRITORY, **owner):
    return LeadRoute.objects.create(kind=kind, value=value, owner=OdooUserFactory(**owner))


def turn(**owner):
    return LeadTurn.objects.create(owner=OdooUserFactory(**owner)).owner.odoo_id


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("nh", "NH"),
        ("033", "033"),
        ("+1 (603)", "+1603"),
        ("03301", "03301"),
        ("New Hampshire", None),
        ("03", None),
        ("603 555 0142", None),
        ("", None),
    ],
)
def test_a_territory_is_a_state_a_postcode_or_the_beginning_of_a_number(text, kept):
    assert territory(text) == kept


def test_the_closest_territory_counts():
    place = {"number": ANN, "state": "KY", "postcode": "41101"}
    close = [closeness(kept, **place) for kept in ("41101", "411", "KY", "+1606", "+1")]
    assert close == sorted(close, reverse=True)
    assert all(close)
    assert not any(closeness(kept, **place) for kept in ("42", "NH", "+1603"))


def test_nobody_is_chosen_where_nothing_was_said(settings):
    assert choose_owner(called=OURS, caller=ANN) is None
    settings.DEFAULT_LEAD_OWNER_ID = 7
    assert choose_owner(called=OURS, caller=ANN) == 7


def test_the_number_called_comes_before_the_territory_and_this_before_turns():
    first = turn()
    assert choose_owner(called=OURS, caller=ANN) == first
    there = route("+1606").owner.odoo_id
    assert choose_owner(called=OURS, caller=ANN) == there
    called = route(OURS, Kind.NUMBER).owner.odoo_id
    assert choose_owner(called="(606) 555-0100", caller=ANN) == called
    assert choose_owner(called="", caller="anonymous") == first


def test_the_customers_address_says_more_than_the_number():
    by_number, by_state, by_postcode = (route(one).owner.odoo_id for one in ("+1606", "NH", "033"))
    assert choose_owner(called="", caller=ANN) == by_number
    partner = PartnerFactory(phone=ANN, postcode="99999")
    assert choose_owner(called="", caller=ANN) == by_number
    partner.state = CountryState.objects.create(odoo_id=1, code="NH")
    partner.save()
    assert choose_owner(called="", caller=ANN) == by_state
    partner.postcode = "03301"
    partner.save()
    assert choose_owner(called="", caller=ANN) == by_postcode


def test_all_get_their_turn():
    owners = [turn() for _number in range(3)]
    assert [choose_owner(called="", caller="") for _number in range(6)] == [*owners, *owners]


@pytest.mark.django_db(transaction=True)
def test_two_leads_at_once_are_given_to_two():
    owners = {turn(), turn()}

    def give():
        try:
            with transaction.atomic():
                chosen = choose_owner(called="", caller="")
                begun.wait(timeout=5)
                return chosen
        finally:
            connection.close()

    begun = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        given = [pool.submit(give) for _number in range(2)]
        time.sleep(0.3)  # both have asked, and one waits for the other's end
        begun.set()
        assert {one.result() for one in given} == owners


@pytest.mark.parametrize("gone", [{"active": False}, {"odoo_id": None}], ids=["left", "not there"])
def test_who_is_not_in_odoo_any_more_gets_none(gone):
    turn(**gone)
    route("+1606", **gone)
    route(OURS, Kind.NUMBER, **gone)
    assert choose_owner(called=OURS, caller=ANN) is None


def test_a_text_becomes_a_lead_of_its_owner(told):
    owner = route("+1606").owner
    told("message_2026")

    lead = LeadRecord.objects.get()
    assert (lead.owner, lead.owner_odoo_id) == (owner, owner.odoo_id)


def test_an_administrator_says_who_gets_which(admin):
    ann, bob = OdooUserFactory(contact__name="Ann"), OdooUserFactory(contact__name="Bob")
    page = admin.get("/leads/owners/").text
    assert "Ann" in page
    assert "Bob" in page

    assert admin.post("/leads/owners/turns/", {"owners": [ann.pk, bob.pk]}).status_code == 302
    LeadTurn.objects.filter(owner=ann).update(last_at="2026-11-01T12:00Z")
    assert admin.post("/leads/owners/turns/", {"owners": [ann.pk]}).status_code == 302
    kept = LeadTurn.objects.get()
    assert (kept.owner, str(kept)) == (ann, f"turn of {ann.pk}")
    assert kept.last_at is not None

    new = {"kind": "TERRITORY", "value": "nh", "owner": bob.pk}
    assert admin.post("/leads/owners/routes/", new).status_code == 302
    again = admin.post("/leads/owners/routes/", new)
    assert again.status_code == 422
    assert "NH leads to somebody already: remove that first." in again.text
    kept = LeadRoute.objects.get()
    assert (str(kept), kept.owner) == ("Territory NH", bob)
    assert "checked" in again.text

    for _time in range(2):
        gone = admin.post(f"/leads/owners/routes/{kept.pk}/remove/")
        assert gone.status_code == 302
    assert not LeadRoute.objects.exists()
    acts = list(AuditRow.objects.order_by("pk").values_list("what", flat=True))
    assert acts == ["lead turns changed"] * 2 + ["lead route added", "lead route removed"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"kind": "NUMBER", "value": "oak"}, "This is no telephone number."),
        ({"value": "New Hampshire"}, "Write a state (NH)"),
        ({"value": ""}, "This field is required."),
        ({"owner": "0"}, "Select a valid choice."),
    ],
)
def test_what_is_no_route_is_refused(admin, wrong, why):
    new = {"kind": "TERRITORY", "value": "NH", "owner": OdooUserFactory().pk, **wrong}
    answer = admin.post("/leads/owners/routes/", new)
    assert answer.status_code == 422
    assert why in answer.text
    assert not LeadRoute.objects.exists()


def test_who_is_not_of_odoo_gets_no_turn(admin):
    answer = admin.post("/leads/owners/turns/", {"owners": ["99"]})
    assert answer.status_code == 422
    assert not LeadTurn.objects.exists()


def test_who_left_is_marked(signed_in):
    route("NH", active=False)
    assert "not active in Odoo" in signed_in(Role.ADMIN).get("/leads/owners/").text


def test_what_is_chosen_again_is_not_audited(admin):
    chosen = {"owners": [OdooUserFactory().pk]}
    for _time in range(2):
        admin.post("/leads/owners/turns/", chosen)
    assert AuditRow.objects.count() == 1
