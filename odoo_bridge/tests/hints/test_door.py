"""The address that Odoo posts to: it notes what is to be read again, and believes nothing."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone

from odoo_bridge.models import DirtyRecord, OdooAccess, RefusedHints
from odoo_bridge.services.keep_hint_secret import keep_hint_secret
from portal.testing.mirrors import OdooAccessFactory

pytestmark = pytest.mark.django_db
HINT = {"_action": "Yardmaster: sale.order changed(#7)", "_id": 12, "_model": "sale.order"}


@pytest.fixture
def secret():
    """Return the secret of a portal that is connected with an Odoo."""
    OdooAccessFactory()
    return keep_hint_secret(given="", rotate=False, now=timezone.now())


def post(secret, body, **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    address = f"/webhook/odoo/{secret}"
    return Client().post(address, content, content_type="application/json", headers=headers)


def test_a_hint_is_noted_to_be_looked_at_a_moment_later(secret):
    before = timezone.now()

    assert post(secret, HINT).status_code == 202

    dirty = DirtyRecord.objects.get()
    assert str(dirty) == "sale.order 12"
    assert (dirty.hits, dirty.absences) == (1, 0)
    assert before < dirty.not_before < timezone.now() + dt.timedelta(seconds=1)


def test_many_hints_of_one_record_are_one_look_and_do_not_put_it_off(secret):
    post(secret, HINT)
    due = DirtyRecord.objects.get().not_before

    for _ in range(3):
        post(secret, HINT)

    dirty = DirtyRecord.objects.get()
    assert (dirty.hits, dirty.not_before) == (4, due)


@pytest.mark.parametrize("wrong", ["nonsense", "x" * 43])
def test_who_does_not_know_the_secret_leaves_a_count_and_nothing_else(secret, wrong):
    for body in (HINT, b"{", {**HINT, "_model": "res.lang"}):
        assert post(wrong, body).status_code == 404

    assert not DirtyRecord.objects.exists()
    assert RefusedHints.objects.get().refused == 3
    assert str(RefusedHints.objects.get()) == "3"


def test_before_there_is_an_odoo_nobody_knows_the_secret(db):
    assert post("", HINT).status_code == 404
    assert post("x" * 43, HINT).status_code == 404
    OdooAccessFactory()
    assert post("x" * 43, HINT).status_code == 404
    assert not DirtyRecord.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"{",
        b"[]",
        b'"text"',
        b"[" * 100_000,
        {"_model": "sale.order"},
        {**HINT, "_id": "12"},
        {**HINT, "_id": True},
        {**HINT, "_id": 0},
        {**HINT, "_id": 2**31},
        {**HINT, "_model": ["sale.order"]},
    ],
)
def test_what_names_no_record_is_refused_and_noted_nowhere(secret, body):
    assert post(secret, body).status_code == 400
    assert not DirtyRecord.objects.exists()
    assert not RefusedHints.objects.exists()


def test_a_record_that_is_not_mirrored_is_let_be(secret):
    assert post(secret, {**HINT, "_model": "res.lang"}).status_code == 202
    assert not DirtyRecord.objects.exists()


def test_a_body_that_is_too_large_is_not_read(secret):
    assert post(secret, b" " * (1024 * 1024 + 1)).status_code == 413


def test_a_body_without_a_length_is_refused(secret):
    answer = Client().generic("POST", f"/webhook/odoo/{secret}", b"", content_type="text/plain")

    assert answer.status_code == 411


def test_the_older_secret_is_good_until_its_end(secret):
    now = timezone.now()
    newer = keep_hint_secret(given="", rotate=True, now=now)

    assert newer != secret
    assert post(newer, HINT).status_code == 202
    assert post(secret, HINT).status_code == 202

    OdooAccess.objects.update(older_hint_until=now)
    assert post(secret, HINT).status_code == 404
    assert post(newer, HINT).status_code == 202


def test_a_secret_that_somebody_chose_wins_and_the_same_one_changes_nothing(secret):
    now = timezone.now()
    chosen = "c" * 40

    assert keep_hint_secret(given=chosen, rotate=False, now=now) == chosen
    assert keep_hint_secret(given=chosen, rotate=True, now=now + dt.timedelta(days=3)) == chosen
    assert keep_hint_secret(given="", rotate=False, now=now) == chosen

    access = OdooAccess.objects.get()
    assert access.older_hint_until == now + dt.timedelta(days=1)
    assert post(secret, HINT).status_code == 202


def test_a_hint_costs_one_statement(secret, django_assert_num_queries):
    with django_assert_num_queries(1):
        post(secret, HINT)
