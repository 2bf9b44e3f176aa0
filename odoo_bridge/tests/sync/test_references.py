"""References between records that two readers store at the same moment."""

import threading

import pytest
from django.db import connection, transaction

from odoo_bridge.models import Partner, PollCursor, SaleOrder
from odoo_bridge.sync import specs
from odoo_bridge.sync.references import note_waiting_references, waiting_references
from odoo_bridge.tests.sync.test_upsert import partner, row, store
from portal.accounts.models import Role

pytestmark = pytest.mark.django_db(transaction=True)
STORED_BY_THE_OTHER = 0.3  # seconds, in which a reader that need not wait is long done


def order(odoo_id, *, customer):
    return row(specs.SALE_ORDER, odoo_id, partner_id=customer)


def at_the_same_moment(first, second):
    """Begin to store the second rows while the first are stored but not committed.

    Returns whether the second had to wait.
    """
    ended = threading.Event()

    def store_second():
        store(*second)
        connection.close()
        ended.set()

    other = threading.Thread(target=store_second)
    with transaction.atomic():
        store(*first)
        other.start()
        waited = not ended.wait(STORED_BY_THE_OTHER)
    other.join()
    return waited


ANN = (specs.PARTNER, [partner(5, name="Ann")])
ORDER = (specs.SALE_ORDER, [order(9, customer=5)])


@pytest.mark.parametrize(("first", "second"), [(ANN, ORDER), (ORDER, ANN)])
def test_a_reference_finds_a_target_that_another_reader_stores_meanwhile(first, second):
    assert at_the_same_moment(first, second)

    assert SaleOrder.objects.get().customer.name == "Ann"


def test_records_that_refer_to_one_another_find_each_other_too():
    parent, child = partner(5, name="Ridge Inc"), partner(6, name="Yard 2", parent_id=5)

    at_the_same_moment((specs.PARTNER, [child]), (specs.PARTNER, [parent]))

    assert Partner.objects.get(odoo_id=6).parent.name == "Ridge Inc"


def test_changes_of_what_is_here_keep_nobody_waiting():
    store(*ANN)
    anne = (specs.PARTNER, [partner(5, name="Anne")])

    assert not at_the_same_moment(anne, ORDER)
    assert SaleOrder.objects.get().customer.name == "Anne"


def test_what_waits_is_counted_with_one_query_and_shown_on_the_desk(
    signed_in, django_assert_num_queries
):
    store(*ORDER)
    PollCursor.objects.bulk_create(PollCursor(mirror=name) for name in ("SaleOrder", "Partner"))

    with django_assert_num_queries(1):
        assert waiting_references(specs.SPECS)["SaleOrder"] == 1
    note_waiting_references(specs.SPECS)
    assert "SaleOrder 1" in signed_in(Role.OFFICE).get("/sync/").text

    store(*ANN)
    note_waiting_references(specs.SPECS)
    assert "Wait for what they refer to" not in signed_in(Role.OFFICE).get("/sync/").text
    assert waiting_references([specs.CURRENCY]) == {}
