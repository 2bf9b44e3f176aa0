"""Promises in any state, and in conflict, as the desk shows them."""

import datetime as dt

import pytest
from django.utils import timezone

from odoo_bridge.models import Conflict, CountryState, OutboxEntry
from odoo_bridge.services.change_customer import change_customer
from odoo_bridge.services.promise_lead import promise_lead
from portal.accounts.models import Role
from portal.testing.mirrors import PartnerFactory

State = OutboxEntry.State
HOME = {"street": "1 Oak St", "city": "Ashland", "state_id": 7, "country_id": 233, "zip": False}


@pytest.fixture
def entry_in():
    """Make entries: ``entry_in(State.PARKED)``."""

    def make(state, **values):
        promise_lead(title="T", text="", phone="", by=values.pop("by", None))
        entry = OutboxEntry.objects.latest("pk")
        values = {"state": state, "sent_at": timezone.now(), **values}
        OutboxEntry.objects.filter(pk=entry.pk).update(**values)
        entry.refresh_from_db()
        return entry

    return make


@pytest.fixture
def in_conflict(person):
    """Make entries in conflict: each about telephone and address of a customer of its own."""
    by = person(Role.OFFICE, name="Olivia")
    CountryState.objects.create(odoo_id=7, name="Kentucky", code="KY")

    def make(name="Maria Alvarez"):
        partner = PartnerFactory(name=name, remote={**HOME, "phone": "1"})
        changes = {"phone": "2", "street": "2 Elm St"}
        entry = change_customer(partner_id=partner.pk, changes=changes, seen={}, by=by)
        OutboxEntry.objects.filter(pk=entry.pk).update(state=State.CONFLICT, sent_at=timezone.now())
        told = {
            "entry": entry,
            "changed_by": "Mitchell Admin",
            "changed_at": dt.datetime(2026, 11, 21, 9, 5, tzinfo=dt.UTC),
        }
        sides = {"base": {"phone": "1"}, "mine": {"phone": "2"}, "theirs": {"phone": False}}
        Conflict.objects.create(key="phone", **sides, **told)
        Conflict.objects.create(
            key="address",
            base=HOME,
            mine={**HOME, "street": "2 Elm St"},
            theirs={**HOME, "city": "Grayson", "state_id": 8},
            **told,
        )
        return entry

    return make
