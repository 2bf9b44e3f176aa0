"""What journals of money hold: the same sums as in Odoo's books."""

from decimal import Decimal

import psycopg
import pytest
from django.utils import timezone

from odoo_bridge.client import Kind, Protocol
from odoo_bridge.models import Company, Journal, JournalBalance, PollCursor
from odoo_bridge.sync import levels, specs
from odoo_bridge.sync.levels import read_levels
from odoo_bridge.tests.sync.words import act, create, poll_all_of
from portal.core.models import Change
from portal.local import postgres
from portal.local.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
FOR_MONEY = (specs.CURRENCY, specs.COMPANY, specs.JOURNAL)


@pytest.fixture
def bank(odoo_client):
    """Return the bank of the main company, its balance being read."""
    poll_all_of(odoo_client, *FOR_MONEY)
    assert read_levels(odoo_client)
    return Journal.objects.get(kind="bank", company__name="My Company (San Francisco)")


def equity_of(client, journal):
    """Return an account of the journal's company for the other side of an entry."""
    company = ["company_ids", "in", [journal.company_odoo_id]]
    [account] = client.call(
        "account.account",
        "search_read",
        kind=Kind.READ,
        domain=[["account_type", "=", "equity"], company],
        fields=["id"],
        limit=1,
    )
    return account


def enter(client, journal, amount, *, post=True):
    """Enter an amount on the journal's account, as a person who balances the books does."""
    other = equity_of(client, journal)
    [misc] = client.call(
        "account.journal",
        "search_read",
        kind=Kind.READ,
        domain=[["type", "=", "general"], ["company_id", "=", journal.company_odoo_id]],
        fields=["id"],
        limit=1,
    )
    lines = [(journal.account_odoo_id, amount), (other["id"], -amount)]
    entry = create(
        client,
        "account.move",
        journal_id=misc["id"],
        line_ids=[[0, 0, {"account_id": account, "balance": value}] for account, value in lines],
    )
    if post:
        act(client, "account.move", "action_post", entry)


def read_balances_again(client):
    PollCursor.objects.filter(mirror="JournalBalance").update(finished_at=None)
    assert read_levels(client)


def test_a_balance_is_the_sum_of_what_is_posted(odoo, odoo_client, bank):
    server = postgres.ensure_running().url_for(odoo.database, role=postgres.ODOO_ROLE)
    with psycopg.connect(server) as session:
        [theirs] = session.execute(
            "select sum(balance) from account_move_line"
            " where account_id = %s and parent_state = 'posted'",
            [bank.account_odoo_id],
        ).fetchone()
    assert bank.balance.balance == theirs != 0
    assert bank.balance.currency.name == "USD"

    enter(odoo_client, bank, 100.25)
    enter(odoo_client, bank, 1000, post=False)
    read_balances_again(odoo_client)

    assert JournalBalance.objects.get(journal=bank).balance == theirs + Decimal("100.25")


def test_only_journals_that_money_lies_in_have_a_balance(odoo_client, bank):
    kinds = set(JournalBalance.objects.values_list("journal__kind", flat=True))

    assert "bank" in kinds <= set(Journal.HOLD_MONEY)
    assert Journal.objects.exclude(kind__in=Journal.HOLD_MONEY).exists()


def test_a_journal_in_another_currency_has_its_balance_in_that(odoo_client, bank):
    [euro] = odoo_client.call(
        "res.currency",
        "search_read",
        kind=Kind.READ,
        domain=[["name", "=", "EUR"]],
        fields=["id"],
    )
    act(odoo_client, "res.currency", "write", euro["id"], vals={"active": True})
    tin = create(
        odoo_client,
        "account.journal",
        name="Euro tin",
        type="cash",
        currency_id=euro["id"],
        company_id=bank.company_odoo_id,
    )
    poll_all_of(odoo_client, specs.JOURNAL)
    tin = Journal.objects.get(odoo_id=tin)
    enter_foreign(odoo_client, tin, euro["id"])

    read_balances_again(odoo_client)

    assert (tin.balance.balance, tin.balance.currency.name) == (Decimal("80.00"), "EUR")


def enter_foreign(client, journal, currency):
    """Enter 80 in the currency that are 100 in the company's."""
    other = equity_of(client, journal)
    foreign = {"currency_id": currency, "amount_currency": 80, "balance": 100}
    entry = create(
        client,
        "account.move",
        journal_id=journal.odoo_id,
        line_ids=[
            [0, 0, {"account_id": journal.account_odoo_id, **foreign}],
            [0, 0, {"account_id": other["id"], "balance": -100}],
        ],
    )
    act(client, "account.move", "action_post", entry)


def test_balances_are_read_once_a_minute_and_told_when_they_differ(odoo, odoo_client, bank):
    Change.objects.all().delete()
    with FaultyProxy(odoo.url) as proxy:
        client = odoo.client(base_url=proxy.url)
        assert read_levels(client)
        assert [call for call in proxy.calls if call.model == "account.move.line"] == []
        read_balances_again(client)
    assert not Change.objects.filter(topic="money").exists()

    JournalBalance.objects.update(balance=7)
    read_balances_again(odoo_client)

    assert Change.objects.filter(topic="money").exists()


def test_a_journal_that_is_gone_has_no_balance(odoo_client, bank):
    Journal.objects.filter(pk=bank.pk).update(deleted_at=timezone.now())

    read_balances_again(odoo_client)

    assert not JournalBalance.objects.filter(journal=bank).exists()


def test_a_journal_whose_company_has_not_arrived_waits(odoo_client, bank):
    Journal.objects.update(company=None)
    Company.objects.all().delete()

    read_balances_again(odoo_client)

    assert not JournalBalance.objects.exists()


def test_an_older_odoo_is_asked_in_its_own_way_and_says_the_same_of_money(odoo, odoo_client, bank):
    accounts = {journal.account_odoo_id for journal in Journal.objects.all()}
    older = odoo.client(protocol=Protocol.JSON_RPC, user=2)

    found = levels.sums_of_accounts(odoo_client, accounts)

    assert found
    assert levels.sums_of_accounts(older, accounts) == found
