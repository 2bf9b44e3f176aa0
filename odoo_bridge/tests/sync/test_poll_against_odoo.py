"""Reading a real Odoo: nothing is missed, whatever commits when, and whatever is cut off."""

import datetime as dt
import uuid

import psycopg
import pytest
from django.utils import timezone

from odoo_bridge import models
from odoo_bridge.client import Kind, OdooUnavailable
from odoo_bridge.models import Breaker, PollCursor
from odoo_bridge.sync import poll as polling
from odoo_bridge.sync import run, specs
from odoo_bridge.sync.poll import poll
from odoo_bridge.tasks import poll_odoo
from portal.local import postgres
from portal.local.faulty_calls import of_method
from portal.local.faulty_faults import DROP_ANSWER
from portal.local.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]
LONG_AGO = dt.timedelta(hours=1)


@pytest.fixture
def sql(odoo):
    """A session on Odoo's own database."""
    with psycopg.connect(
        postgres.ensure_running().url_for(odoo.database, role=postgres.ODOO_ROLE)
    ) as session:
        yield session


def new_leads(client, number, **values):
    """Make leads with one random name in Odoo, and return it and their ids."""
    name = f"Lead {uuid.uuid4()}"
    vals_list = [{"name": name, **values}] * number
    return name, client.call("crm.lead", "create", kind=Kind.WRITE, vals_list=vals_list)


def mirrored(name):
    return set(models.LeadRecord.objects.filter(name=name).values_list("odoo_id", flat=True))


def test_all_mirrors_equal_odoo_after_one_round(odoo_client):
    assert run.poll_all(odoo_client)

    for spec in specs.SPECS:
        count = odoo_client.call(
            spec.odoo_model,
            "search_count",
            kind=Kind.READ,
            domain=spec.domain,
        )
        assert spec.model.objects.count() == count, spec.name
        assert not PollCursor.objects.get(mirror=spec.name).trouble
    assert models.SaleOrderLine.objects.filter(order=None).count() == 0
    order = models.SaleOrder.objects.select_related("customer", "currency").get(name="S00024")
    assert order.customer.name
    assert order.currency.name == "USD"


def test_what_is_new_and_what_has_changed_is_seen_at_the_next_look(odoo_client):
    poll(specs.LEAD, odoo_client)
    name, [lead] = new_leads(odoo_client, 1)
    poll(specs.LEAD, odoo_client)
    assert mirrored(name) == {lead}

    odoo_client.call(
        "crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[lead], vals={"name": f"{name} again"}
    )
    poll(specs.LEAD, odoo_client)

    assert mirrored(f"{name} again") == {lead}


def test_an_archived_record_stays_mirrored(odoo_client):
    name, [lead] = new_leads(odoo_client, 1, active=False)

    poll(specs.LEAD, odoo_client)

    assert not models.LeadRecord.objects.get(name=name).active
    assert mirrored(name) == {lead}


@pytest.mark.parametrize(
    ("duration", "wide"),
    [(dt.timedelta(seconds=100), False), (dt.timedelta(minutes=40), True)],
    ids=["a user's request", "a batch job"],
)
def test_a_transaction_that_commits_late_is_not_missed(odoo_client, sql, duration, wide):
    name, [early] = new_leads(odoo_client, 1)
    poll(specs.LEAD, odoo_client)
    # It began a while ago, and commits after a later one has been read.
    sql.execute(
        "update crm_lead set name = %s, write_date = now() at time zone 'utc' - %s where id = %s",
        [f"{name} late", duration, early],
    )
    later_name, [later] = new_leads(odoo_client, 1)
    poll(specs.LEAD, odoo_client)
    assert mirrored(later_name) == {later}
    assert mirrored(f"{name} late") == set()

    sql.commit()
    if wide:  # such a long one is found by the wide scan, every quarter of an hour
        PollCursor.objects.update(wide_scan_at=timezone.now() - polling.WIDE_EVERY)
    poll(specs.LEAD, odoo_client)

    assert mirrored(f"{name} late") == {early}


def test_many_records_of_one_moment_are_all_read_page_by_page(odoo_client, monkeypatch):
    monkeypatch.setattr(polling, "pages", small_pages)
    name, leads = new_leads(odoo_client, 25)

    poll(specs.LEAD, odoo_client)

    assert mirrored(name) == set(leads)


def small_pages(*args, **options):
    from odoo_bridge.client import pages  # noqa: PLC0415 - the real one

    return pages(*args, **{**options, "limit": 10})


def test_a_product_shows_what_changed_on_its_template(odoo_client):
    poll(specs.PRODUCT, odoo_client)
    product = models.Product.objects.filter(kind="consu", active=True).first()
    [read] = odoo_client.call(
        "product.product",
        "read",
        kind=Kind.READ_RECORDS,
        ids=[product.odoo_id],
        fields=["product_tmpl_id"],
        load=None,
    )
    name = f"Oak {uuid.uuid4()}"

    odoo_client.call(
        "product.template",
        "write",
        kind=Kind.WRITE_RECORDS,
        ids=[read["product_tmpl_id"]],
        vals={"name": name},
    )
    poll(specs.PRODUCT, odoo_client)

    product.refresh_from_db()
    assert product.name == name


def test_a_scan_that_was_cut_off_goes_on_where_it_stopped(odoo, odoo_client, monkeypatch):
    monkeypatch.setattr(polling, "pages", small_pages)
    name, leads = new_leads(odoo_client, 25)
    with FaultyProxy(odoo.url) as proxy:
        calls = iter(range(100))
        proxy.rule(
            DROP_ANSWER,
            when=lambda call: call.method == "search_read" and next(calls) == 2,
        )
        with pytest.raises(OdooUnavailable):
            poll(specs.LEAD, odoo.client(base_url=proxy.url))
        stopped_at = PollCursor.objects.get(mirror="LeadRecord").scan_last_id
        poll(specs.LEAD, odoo.client(base_url=proxy.url))

    assert stopped_at > 0
    assert mirrored(name) == set(leads)
    resumed = [
        call for call in proxy.calls if ["id", ">", stopped_at] in call.body.get("domain", [])
    ]
    assert len(resumed) == 2  # the one that was lost, and the one that asked again


def test_two_readers_do_not_read_one_mirror_at_once(odoo_client):
    assert polling.lease("LeadRecord", now=timezone.now())

    assert polling.lease("LeadRecord", now=timezone.now()) is None
    assert poll(specs.LEAD, odoo_client) is None


def test_a_dead_reader_holds_a_mirror_for_one_read(db, settings):
    settings.ODOO_READ_TIMEOUT = 5
    died_at = timezone.now()
    assert polling.lease("LeadRecord", now=died_at)

    assert polling.lease("LeadRecord", now=died_at + dt.timedelta(seconds=19)) is None
    assert polling.lease("LeadRecord", now=died_at + dt.timedelta(seconds=21))


@pytest.mark.parametrize("spec", [specs.LEAD, specs.PRODUCT], ids=lambda spec: spec.name)
def test_a_slow_reader_keeps_its_mirror_by_every_answer(odoo_client, monkeypatch, spec):
    nearly_over = []

    def answers_just_in_time(asked):
        def ask(*args, **options):
            nearly_over.append(PollCursor.objects.get(mirror=spec.name).leased_until)
            PollCursor.objects.update(leased_until=timezone.now() + dt.timedelta(seconds=1))
            return asked(*args, **options)

        return ask

    for asked in ("fingerprint", "pages"):
        monkeypatch.setattr(polling, asked, answers_just_in_time(getattr(polling, asked)))

    assert poll(spec, odoo_client)

    assert len(nearly_over) == 2 + len(spec.inherits)
    assert min(nearly_over) > timezone.now() + dt.timedelta(seconds=5)


def test_a_reader_whose_lease_ran_out_stores_nothing(odoo_client):
    name, _ = new_leads(odoo_client, 1)
    slow = polling.lease("LeadRecord", now=timezone.now() - LONG_AGO)
    slow.scan_from, slow.scan_until = polling.BEGINNING, timezone.now()
    assert polling.lease("LeadRecord", now=timezone.now())

    with pytest.raises(polling.LeaseLost):
        polling.scan(slow, specs.LEAD, odoo_client)

    assert mirrored(name) == set()


def test_a_lease_that_is_lost_in_a_poll_ends_it_quietly(odoo_client, monkeypatch):
    def thief(spec, client, **options):
        assert polling.lease(spec.name, now=timezone.now() + LONG_AGO)
        return real(spec, client, **options)

    real = polling.last_written_at
    monkeypatch.setattr(polling, "last_written_at", thief)

    assert poll(specs.LEAD, odoo_client) == 0
    assert not models.LeadRecord.objects.exists()


def test_an_empty_model_is_read_to_its_end(odoo_client):
    poll(specs.PAYMENT, odoo_client)

    assert PollCursor.objects.get(mirror="Payment").finished_at


def test_a_round_ends_and_is_counted_when_odoo_does_not_answer(odoo):
    with FaultyProxy(odoo.url) as proxy:
        proxy.down()
        client = odoo.client(base_url=proxy.url)
        for _ in range(3):
            assert not run.poll_all(client)
        assert Breaker.objects.get().opened_at
        proxy.up()
        assert not run.poll_all(client)  # the breaker spares Odoo until the next probe
        Breaker.objects.update(probe_at=timezone.now())
        assert run.poll_all(client)

    assert not Breaker.objects.get().opened_at
    assert proxy.calls


def test_a_mirror_that_a_dead_reader_holds_says_nothing_of_odoo(odoo, odoo_client):
    polling.lease("Employee", now=timezone.now())
    with FaultyProxy(odoo.url) as proxy:
        proxy.down()
        client = odoo.client(base_url=proxy.url)
        for _ in range(3):
            assert not Breaker.objects.filter(opened_at__isnull=False).exists()
            run.poll_all(client, (specs.EMPLOYEE, specs.VEHICLE))

    opened = Breaker.objects.get()
    assert (bool(opened.opened_at), opened.failures, opened.answered_at) == (True, 3, None)


def test_a_mirror_that_odoo_refuses_holds_nobody_up(odoo, odoo_client):
    with FaultyProxy(odoo.url) as proxy:
        proxy.rule(refuse(), when=of_method("fleet.vehicle", "formatted_read_group"))
        assert run.poll_all(odoo.client(base_url=proxy.url), (specs.VEHICLE, specs.EMPLOYEE))

    assert PollCursor.objects.get(mirror="Vehicle").trouble
    assert models.Employee.objects.exists()


def refuse():
    from portal.local.faulty_faults import answer_with  # noqa: PLC0415 - for one test

    return answer_with(415)


def test_the_task_reads_with_the_portal_s_own_key(odoo, settings):
    settings.ODOO_URL, settings.ODOO_DB = odoo.url, odoo.database
    poll_odoo()
    assert not models.Currency.objects.exists()  # nobody has provisioned a key yet

    settings.ODOO_API_KEY = odoo.admin_key
    poll_odoo()

    assert models.Currency.objects.filter(name="USD").exists()
