"""Two people import the same file at the same time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from crm_intake.models import LedgerEvent, Message, Person, WebhookDelivery
from crm_intake.selectors.import_plan import Plan, plan_import
from crm_intake.selectors.ledger import breaks
from crm_intake.services.import_talk import import_talk
from crm_intake.tests.importing import message, read_rows


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_are_one():
    rows = [
        message(words, number=f"+160655501{number:02}", at=f"2024-03-14T12:{number:02}Z")
        for number in range(20)
        for words in ("STOP", "Hello")
    ]
    plan = plan_import(read_rows("messages", *rows).good)
    backwards = Plan(plan.new[::-1], plan.known, plan.stops, plan.idle)

    def run(one):
        try:
            return import_talk(one, by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(run, [plan, backwards]))

    assert sum(taken) == Message.objects.count() == WebhookDelivery.objects.count() == 40
    assert (Person.objects.count(), LedgerEvent.objects.count()) == (20, 20)
    assert not list(breaks())
