"""``manage.py odoo_sync``: everything, from the beginning, and on from where it was cut off."""

import datetime as dt
from io import StringIO
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from odoo_bridge.client import Kind
from odoo_bridge.client.paging import PAGE
from odoo_bridge.models import LeadRecord, PollCursor
from odoo_bridge.sync import poll as poll_module
from odoo_bridge.sync import specs
from odoo_bridge.sync.poll import LeaseLost, keep, lease
from portal.local.faulty_faults import DROP_ANSWER
from portal.local.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sync(odoo_access):
    """Run the command: ``sync("--full", "LeadRecord")`` returns what it says, as lines."""

    def run(*options):
        out = StringIO()
        call_command("odoo_sync", *options, stdout=out)
        return out.getvalue().splitlines()

    return run


def number_of_leads(client):
    return client.call("crm.lead", "search_count", kind=Kind.READ, domain=[])


def test_it_reads_a_mirror_and_tells_how_far_it_is(sync, provisioned_odoo):
    number = number_of_leads(provisioned_odoo.client())

    lines = sync("LeadRecord")

    assert lines[-2:] == [f"LeadRecord: {number} of {number}", f"{number} records changed."]
    assert LeadRecord.objects.count() == number


def test_without_full_only_what_changed_is_read_and_with_it_everything(sync):
    sync("LeadRecord")
    LeadRecord.objects.update(name="Spoilt here", remote_hash="")
    PollCursor.objects.update(high_water="2100-01-01T00:00Z")

    sync("LeadRecord")
    assert LeadRecord.objects.filter(name="Spoilt here").exists()

    sync("--full", "LeadRecord")
    assert not LeadRecord.objects.filter(name="Spoilt here").exists()


def test_cut_off_it_goes_on_where_it_was(sync, settings, provisioned_odoo):
    admin = provisioned_odoo.client()
    vals_list = [{"name": f"Lead {n}"} for n in range(PAGE + 1)]
    admin.call(
        "crm.lead",
        "create",
        kind=Kind.WRITE,
        vals_list=vals_list,
        context={"tracking_disable": True},
    )
    with FaultyProxy(provisioned_odoo.url) as proxy:
        settings.ODOO_URL = proxy.url
        pages = count(1)
        proxy.rule(DROP_ANSWER, when=lambda call: call.method == "search_read" and next(pages) == 2)
        with pytest.raises(CommandError, match="it goes on there"):
            sync("--full", "LeadRecord")
        assert LeadRecord.objects.count() == PAGE

        lines = sync("--full", "LeadRecord")

    asked = [call for call in proxy.calls if call.method == "search_read"]
    assert len(asked) == 3, "the first page was not asked for again"
    assert lines[-1].endswith("records changed.")
    assert LeadRecord.objects.count() == number_of_leads(admin)


def test_a_mirror_that_somebody_reads_is_left_to_them(sync):
    lease("LeadRecord", now=timezone.now())

    assert sync("LeadRecord")[0] == "LeadRecord: somebody else is reading it."


def test_what_it_cannot_do_is_said(sync, settings):
    with pytest.raises(CommandError, match=r"No such mirror: Lead\. There are .*LeadRecord"):
        sync("Lead")
    settings.ODOO_URL = ""
    with pytest.raises(CommandError, match="odoo_doctor"):
        sync()


def test_every_mirror_can_be_asked_for():
    assert {spec.name for spec in specs.SPECS} >= {"SaleOrder", "ManufacturingOrder"}


def test_fast_it_reads_all_the_same_in_larger_pages(sync, provisioned_odoo, monkeypatch):
    monkeypatch.setattr(poll_module, "FAST_PAGE", 7)
    number = number_of_leads(provisioned_odoo.client())

    lines = sync("LeadRecord", "--full", "--fast")

    assert lines[0] == f"LeadRecord: 7 of {number}"
    assert lines[-1] == f"{number} records changed."
    assert LeadRecord.objects.count() == number


def test_with_full_the_rest_of_a_poll_that_was_cut_off_is_not_taken_for_a_whole_reading(sync):
    sync("LeadRecord")
    LeadRecord.objects.update(name="Spoilt here", remote_hash="")
    now = timezone.now()
    PollCursor.objects.update(scan_from=now, scan_until=now + dt.timedelta(seconds=1))

    sync("--full", "LeadRecord")

    assert not LeadRecord.objects.filter(name="Spoilt here").exists()


def test_with_full_whoever_polls_at_the_moment_is_not_waited_for_and_keeps_nothing(sync):
    sync("LeadRecord")
    LeadRecord.objects.update(name="Spoilt here", remote_hash="")
    cursor = lease("LeadRecord", now=timezone.now())

    sync("--full", "LeadRecord")

    assert not LeadRecord.objects.filter(name="Spoilt here").exists()
    with pytest.raises(LeaseLost):
        keep(cursor, high_water=timezone.now())
