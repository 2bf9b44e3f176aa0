"""After Odoo went back in time nothing is sent until an administrator says so."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.errors import WritesNotHeld
from odoo_bridge.models import Breaker, OutboxEntry, PollCursor
from odoo_bridge.services.hold_writes import hold_writes, let_writes_go_on
from odoo_bridge.services.promise_lead import promise_lead
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.mirrors import OdooAccessFactory

pytestmark = pytest.mark.django_db
DESK, GO_ON = reverse("odoo_bridge:desk"), reverse("odoo_bridge:writes-go-on")
BACKUP = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)


@pytest.fixture
def held(settings):
    """A portal whose Odoo has forgotten what was written since its backup."""
    settings.ODOO_URL, settings.ODOO_DB = "http://odoo.test", "odoo"
    OdooAccessFactory()
    breaker.note_answer(timezone.now())
    hold_writes(since=BACKUP, now=timezone.now())


def done(title, at):
    promise_lead(title=title, text="", phone="")
    entry = OutboxEntry.objects.latest("pk")
    OutboxEntry.objects.filter(pk=entry.pk).update(state="DONE", settled_at=at)


def test_every_page_says_so_and_the_desk_lists_what_was_forgotten(held, signed_in):
    done("Text from Ann", BACKUP + dt.timedelta(hours=1))
    done("Text from Bea", BACKUP - dt.timedelta(hours=1))

    page = signed_in(Role.OFFICE).get(DESK).text

    assert page.count("Odoo was restored from a backup") == 2, "the banner and the desk"
    assert "Text from Ann" in page
    assert "Text from Bea" not in page
    assert GO_ON not in page


def test_an_administrator_lets_it_go_on_and_everything_is_read_anew(held, admin):
    PollCursor.objects.create(mirror="LeadRecord", high_water=timezone.now(), scan_last_id=7)
    assert GO_ON in admin.get(DESK).text

    answer = admin.post(GO_ON, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "restored from a backup" not in answer.text
    assert not breaker.holds_writes()
    cursor = PollCursor.objects.get()
    assert (cursor.high_water, cursor.scan_last_id) == (None, 0)
    assert (cursor.fence, cursor.leased_until) == (1, None), "who reads it now keeps nothing"
    told = AuditRow.objects.latest("pk")
    assert (told.what, told.by) == ("writes to Odoo go on", admin.user)


def test_who_comes_second_is_told(held, admin):
    let_writes_go_on(by=admin.user)

    with pytest.raises(WritesNotHeld):
        let_writes_go_on(by=admin.user)
    assert admin.post(GO_ON, headers={"HX-Request": "true"}).status_code == 422


def test_before_any_answer_of_odoo_nothing_is_held(admin):
    assert admin.post(GO_ON, headers={"HX-Request": "true"}).status_code == 422


def test_it_is_noted_once(held):
    first = Breaker.objects.get()

    hold_writes(since=None, now=timezone.now())

    assert Breaker.objects.get().held_at == first.held_at
    assert AuditRow.objects.count() == 1
