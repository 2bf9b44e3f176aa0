"""An outbox with promises in it, and a real Odoo to send them to."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from odoo_bridge.models import OutboxEntry, SaleOrder
from odoo_bridge.outbox import enqueue
from odoo_bridge.outbox.drain import drain
from odoo_bridge.services.promise_lead import promise_lead
from odoo_bridge.services.promise_payment import promise_payment
from odoo_bridge.services.retry_entry import retry_entry
from odoo_bridge.sync import specs
from odoo_bridge.sync.upsert import upsert
from odoo_bridge.tests.outbox.customers import a_customer
from odoo_bridge.tests.outbox.impatience import LATE, patience, send_until_done
from odoo_bridge.tests.outbox.killing import killing
from odoo_bridge.tests.outbox.yard import NOON, Yard
from portal.accounts.models import Role
from portal.local.faulty_calls import of_method, writes
from portal.local.faulty_proxy import FaultyProxy
from portal.testing.factories import UserFactory
from portal.testing.mirrors import OdooAccessFactory

QUIET = 1  # seconds; what loses its answer at once has landed by then
QUIET_WHEN_LATE = 6


@pytest.fixture
def promised():
    """Promise leads: ``promised()`` returns the lead, not acknowledged yet."""

    def promise(**values):
        defaults = {
            "title": "Text from a customer",
            "text": "2 cords oak?",
            "phone": "+16065550123",
        }
        with transaction.atomic():
            return promise_lead(**{**defaults, **values})

    return promise


@pytest.fixture
def access(transactional_db):
    """Return what provisioning leaves, with an instance of this test's own."""
    return OdooAccessFactory()


@pytest.fixture
def quick_outbox(settings):
    """Wait as short as fault tests may: the write timeout is below all of these."""
    settings.OUTBOX_LEASE_SECONDS = 5
    settings.OUTBOX_MAX_INFLIGHT_SECONDS = 5
    settings.OUTBOX_PROBE_SECONDS = 0
    return settings


@pytest.fixture
def survive(odoo_access, provisioned_odoo, queue, quick_outbox):
    """Send a command that meets the fault at the first call of a method; it must be done."""

    def send(command, fault, target):
        quick_outbox.OUTBOX_MAX_INFLIGHT_SECONDS = QUIET_WHEN_LATE if fault in LATE else QUIET
        [entry] = queue(command)
        with FaultyProxy(provisioned_odoo.url) as proxy:
            rule = proxy.rule(fault, when=of_method(*target.rsplit(".", 1)))
            client = provisioned_odoo.bot(base_url=proxy.url, **patience(fault, target))
            send_until_done(entry, client, odoo_access, fault, proxy)
        assert rule.hits == 1, target

    return send


@pytest.fixture(scope="session")
def yard(provisioned_odoo):
    """Return the words for what the tests do to the Odoo that knows the portal."""
    return Yard(client=provisioned_odoo.client(), instance=provisioned_odoo.access["instance"])


@pytest.fixture
def queue():
    """Promise commands, in their order."""

    def promise(*commands):
        with transaction.atomic():
            return [enqueue(command, by=None) for command in commands]

    return promise


@pytest.fixture
def send(queue, odoo_access, provisioned_odoo):
    """Promise commands and let the bot send them; return their entries as they are then."""

    def send_them(*commands, client=None):
        entries = queue(*commands)
        drain(client or provisioned_odoo.bot(), odoo_access)
        for entry in entries:
            entry.refresh_from_db()
        return entries

    return send_them


@pytest.fixture
def drained(odoo_access, provisioned_odoo):
    """Send what is promised; return the writes that it took."""

    def send_them():
        with FaultyProxy(provisioned_odoo.url) as proxy:
            drain(provisioned_odoo.bot(base_url=proxy.url), odoo_access)
            return [f"{call.model}.{call.method}" for call in proxy.calls if writes(call)]

    return send_them


@pytest.fixture
def customer(yard, db):
    """Return a customer that Odoo and the portal know."""
    return a_customer(yard)


@pytest.fixture
def send_again(odoo_access, provisioned_odoo):
    """Let a person try all again, as if it had been parked; return the writes it took (I17)."""

    def send_them():
        OutboxEntry.objects.update(state=OutboxEntry.State.PARKED)
        by = UserFactory.create()
        for entry in OutboxEntry.objects.order_by("pk"):
            retry_entry(entry_id=entry.pk, by=by)
        with FaultyProxy(provisioned_odoo.url) as proxy:
            drain(provisioned_odoo.bot(base_url=proxy.url), odoo_access)
            assert not OutboxEntry.objects.exclude(state=OutboxEntry.State.DONE).exists()
            called = [f"{call.model}.{call.method}" for call in proxy.calls if writes(call)]
        return [one for one in called if not one.endswith(".load")]

    return send_them


@pytest.fixture
def kill_everywhere(odoo_access, provisioned_odoo):
    """Kill a saga at every point. ``make(n)`` returns n commands, each with work of its own."""

    def kill(make):
        [one] = make(1)
        with killing(provisioned_odoo) as points:
            calls = points.calls_of(one)
        assert calls >= 1
        others = make(2 * calls)
        with killing(provisioned_odoo) as points:
            points.kill_at_every_call(calls, others)
        return [one, *others]

    return kill


@pytest.fixture
def promised_payment(yard, person):
    """Promise a payment as the drivers' app does, on mirrors read from Odoo."""

    def promise(sold, amount=None):
        for spec, ids in ((specs.CURRENCY, [sold.currency]), (specs.SALE_ORDER, [sold.order])):
            rows = yard.rows(spec.odoo_model, [["id", "in", ids]], *spec.odoo_fields)
            upsert(spec, rows, read_at=timezone.now())
        order = SaleOrder.objects.get(odoo_id=sold.order)
        SaleOrder.objects.update(uuid=sold.uuid)
        order.refresh_from_db()
        return promise_payment(
            order=order,
            amount=sold.total if amount is None else Decimal(amount),
            collected_on=NOON.date(),
            driver="Dale <3",
            by=person(Role.DRIVER),
        )

    return promise
