"""The portal sends to the Odoo that it was provisioned with, and to no other."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from odoo_bridge import breaker, models
from odoo_bridge.client import Kind, OdooUnavailable
from odoo_bridge.models import Breaker, LeadRecord, OdooAccess, OutboxEntry, PollCursor
from odoo_bridge.outbox import send_due as sending
from odoo_bridge.provision import proof
from odoo_bridge.selectors.state import odoo_state
from odoo_bridge.sync import specs
from odoo_bridge.tasks import drain_outbox, poll_odoo
from portal.accounts.models import Role
from portal.local.faulty_calls import of_method, writes
from portal.local.faulty_faults import answer_with
from portal.local.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]
State = OutboxEntry.State
NOT_OURS = "This is not the Odoo that the portal was provisioned with: nothing is sent."
CHECK = of_method("ir.model.data", "check_object_reference")


@pytest.fixture(autouse=True)
def new_process(monkeypatch):
    """Know no more than a process that has just begun."""
    monkeypatch.setattr(proof, "PROVEN", set())


@pytest.fixture
def proxy(odoo_access, provisioned_odoo, settings):
    """Stand before the portal's own Odoo, and count its calls."""
    with FaultyProxy(provisioned_odoo.url) as proxy:
        settings.ODOO_URL = proxy.url
        yield proxy


def of_another_portal():
    OdooAccess.objects.update(instance="another1")


def calls_of(proxy, when):
    return sum(1 for call in proxy.calls if when(call))


def test_the_task_and_the_command_send_what_waits(
    odoo_access, provisioned_odoo, promised, settings, capsys
):
    settings.ODOO_URL = ""
    drain_outbox()
    with pytest.raises(CommandError, match="no Odoo yet"):
        call_command("drain_outbox")
    settings.ODOO_URL = provisioned_odoo.url
    lead = promised()

    drain_outbox()
    promised()
    call_command("drain_outbox")

    assert capsys.readouterr().out == "1 sent.\n"
    assert set(OutboxEntry.objects.values_list("state", flat=True)) == {State.DONE}
    lead.refresh_from_db()
    assert lead.odoo_id


def test_a_process_asks_once_and_not_before_it_has_something_to_say(proxy, promised):
    drain_outbox()
    assert proxy.calls == []
    promised()

    drain_outbox()
    promised()
    drain_outbox()
    poll_odoo()

    assert calls_of(proxy, CHECK) == 1
    assert not OutboxEntry.objects.exclude(state=State.DONE).exists()


@pytest.mark.parametrize(
    "change", [{"instance": "another1"}, {"bot_user_id": 1}], ids=["instance", "bot"]
)
def test_another_odoo_gets_nothing_and_the_pages_say_so(proxy, promised, signed_in, capsys, change):
    OdooAccess.objects.update(**change)
    promised()

    call_command("drain_outbox")
    drain_outbox()
    poll_odoo()

    entry = OutboxEntry.objects.get()
    assert (entry.state, entry.attempts, entry.last_error) == (State.QUEUED, 0, "")
    assert capsys.readouterr().out == f"0 sent.\n{NOT_OURS}\n"
    assert len(proxy.calls) == 1  # the question itself: the breaker is open after it
    assert odoo_state().in_words == NOT_OURS
    page = signed_in(Role.OFFICE).get("/sync/").text
    assert page.count(NOT_OURS) == 2  # the banner, and the desk
    assert "Odoo unreachable" not in page


def test_another_odoo_is_not_read_either(proxy):
    of_another_portal()

    poll_odoo()

    assert not models.Currency.objects.exists()
    assert Breaker.objects.get().reason == NOT_OURS


def test_everything_goes_on_when_the_odoo_is_the_right_one_again(proxy, promised, odoo_access):
    of_another_portal()
    promised()
    drain_outbox()
    OdooAccess.objects.update(instance=odoo_access.instance)
    drain_outbox()
    assert OutboxEntry.objects.get().state == State.QUEUED  # until the next probe

    Breaker.objects.update(probe_at=Breaker.objects.get().opened_at)
    drain_outbox()

    assert OutboxEntry.objects.get().state == State.DONE
    assert odoo_state().unreachable_since is None


def test_a_key_from_the_environment_opens_no_other_odoo(
    proxy, promised, settings, provisioned_odoo
):
    of_another_portal()
    settings.ODOO_API_KEY = provisioned_odoo.admin_key
    promised()

    drain_outbox()

    assert OutboxEntry.objects.get().state == State.QUEUED


def test_an_odoo_that_is_down_is_an_outage_like_any(proxy, promised):
    promised()
    proxy.down()
    drain_outbox()
    assert not odoo_state().unreachable_since
    drain_outbox()
    drain_outbox()

    entry = OutboxEntry.objects.get()
    assert (entry.state, entry.attempts) == (State.QUEUED, 0)
    assert odoo_state().in_words.startswith("Not reachable: ")

    proxy.up()
    Breaker.objects.update(probe_at=Breaker.objects.get().opened_at)
    drain_outbox()

    assert OutboxEntry.objects.get().state == State.DONE


def test_an_odoo_that_does_not_say_whether_it_is_ours_gets_nothing(proxy, promised):
    proxy.rule(answer_with(415), when=CHECK, times=3)
    promised()

    for _ in range(3):
        drain_outbox()

    assert OutboxEntry.objects.get().attempts == 0
    assert "does not say whether it is the portal's own" in odoo_state().in_words


def test_what_was_sent_is_in_the_right_odoo(proxy, promised, provisioned_odoo):
    lead = promised(title="Only here")

    drain_outbox()

    lead.refresh_from_db()
    [found] = provisioned_odoo.bot().call(
        "crm.lead", "read", kind=Kind.READ_RECORDS, ids=[lead.odoo_id], fields=["name"]
    )
    assert found["name"] == "Only here"


def an_outage():
    """Let Odoo, of which we have seen something, be away and come back."""
    an_hour_ago = timezone.now() - dt.timedelta(hours=1)
    PollCursor.objects.create(mirror=specs.LEAD.name, high_water=an_hour_ago)
    LeadRecord.objects.create(odoo_id=1, name="Seen", remote_write_date="2000-01-01T00:00Z")
    for _time in range(breaker.OPENS_AFTER):
        breaker.note_failure(OdooUnavailable("It is away."), timezone.now())
    Breaker.objects.update(probe_at=timezone.now())


def test_after_an_outage_odoo_is_asked_whether_it_is_as_it_was(odoo_access, promised, proxy):
    promised()
    an_outage()

    drain_outbox()

    asked, *_more = [call for call in proxy.calls if not CHECK(call)]
    assert not writes(asked)
    assert OutboxEntry.objects.get().state == State.DONE
    assert not Breaker.objects.get().was_away
    before = len(proxy.calls)
    promised()
    drain_outbox()
    assert len(proxy.calls) == before + 1, "once is enough"


@pytest.mark.parametrize("trouble", ["went back", "does not answer", "is not to be asked yet"])
def test_nothing_is_sent_to_an_odoo_that_may_have_been_restored(
    odoo_access, promised, proxy, monkeypatch, trouble
):
    promised()
    an_outage()
    if trouble == "went back":
        monkeypatch.setattr(sending, "odoo_went_back", lambda _client, _specs: True)
    if trouble == "does not answer":
        proxy.rule(answer_with(503), when=lambda call: not CHECK(call))
    if trouble == "is not to be asked yet":
        monkeypatch.setattr(sending, "is_proven", lambda _client, _access: True)
        monkeypatch.setattr(sending.breaker, "may_call", lambda _now: False)

    drain_outbox()

    assert not [call for call in proxy.calls if writes(call)]
    assert (OutboxEntry.objects.get().state, OutboxEntry.objects.get().attempts) == (
        State.QUEUED,
        0,
    )
    assert Breaker.objects.get().was_away
