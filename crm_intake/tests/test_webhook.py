"""Quo's door: what is answered 2xx is on disk, and what proves nothing leaves nothing."""

import hashlib
import time

import pytest
from django.db import connection

from crm_intake.ledger.kinds import Purpose
from crm_intake.ledger.standing import SAID_STOP
from crm_intake.models import RefusedDelivery, StopMark, WebhookDelivery
from crm_intake.selectors.consent import standing_of
from crm_intake.tests.conftest import legacy_headers, new_headers, payload
from portal.office.selectors.first_run import first_run_steps

TEXT = payload("message_2026")
STOP = payload("stop_legacy")


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("message_2026", new_headers),
        ("message_legacy_v2", legacy_headers),
        ("message_legacy_v4", legacy_headers),
        ("message_wrapped", legacy_headers),
        ("contact_updated", new_headers),
    ],
)
def test_a_signed_delivery_is_on_disk_byte_by_byte(quo, name, sign):
    body = payload(name)

    answer = quo(body, sign(body))

    assert answer.status_code == 204
    assert bytes(WebhookDelivery.objects.get().body) == body


@pytest.mark.parametrize("sign", [new_headers, legacy_headers])
def test_the_same_delivery_again_changes_nothing(quo, sign):
    for _ in range(3):
        assert quo(TEXT, sign(TEXT)).status_code == 204

    assert WebhookDelivery.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "reason"),
    [({}, "no signature"), (new_headers(b"something else"), "wrong signature")],
)
def test_a_refused_post_leaves_its_reason_and_its_hash_alone(quo, headers, reason):
    answer = quo(TEXT, headers)

    assert answer.status_code == 401
    assert not answer.content
    refused = RefusedDelivery.objects.get()
    assert (refused.reason, refused.body_sha256) == (reason, hashlib.sha256(TEXT).hexdigest())
    assert str(refused) == f"quo: {reason}"
    assert not WebhookDelivery.objects.exists()


def test_a_good_signature_outside_its_window_is_kept_as_late(quo):
    answer = quo(TEXT, new_headers(TEXT, at=time.time() - 3600))

    assert answer.status_code == 204
    assert WebhookDelivery.objects.get().late


def test_unreadable_json_with_a_good_signature_is_kept(quo):
    assert quo(b"{", new_headers(b"{")).status_code == 204

    assert WebhookDelivery.objects.get().state == "NEW"


def test_a_body_over_a_megabyte_is_too_large(quo):
    body = b"x" * (1024 * 1024 + 1)

    assert quo(body, new_headers(body)).status_code == 413
    assert not WebhookDelivery.objects.exists()
    assert not RefusedDelivery.objects.exists()


def test_a_body_of_unknown_length_is_asked_for_its_length(quo, client):
    answer = client.generic("POST", "/webhook/quo", b"", headers=new_headers(b""))

    assert answer.status_code == 411
    assert not RefusedDelivery.objects.exists()


def test_only_posts_are_taken(client, db):
    assert client.get("/webhook/quo").status_code == 405


def test_a_failed_write_is_a_5xx_so_that_it_is_sent_again(quo, client):
    with connection.cursor() as cursor:
        cursor.execute("alter table crm_intake_webhookdelivery rename to elsewhere")
    client.raise_request_exception = False

    assert quo(TEXT).status_code == 500


def test_a_stop_counts_from_the_moment_of_the_answer(quo):
    assert standing_of("+16065550123").refuses(Purpose.DELIVERY) == ""

    assert quo(STOP, legacy_headers(STOP)).status_code == 204

    assert str(StopMark.objects.get()) == "stop of …23"
    assert standing_of("+16065550123").refuses(Purpose.DELIVERY) == SAID_STOP


def test_a_late_stop_is_not_lost(quo):
    quo(STOP, legacy_headers(STOP, at=time.time() - 100 * 3600))

    assert standing_of("+16065550123").refuses(Purpose.DELIVERY) == SAID_STOP


def test_the_same_stop_again_is_marked_once(quo):
    for _ in range(2):
        quo(STOP, legacy_headers(STOP))

    assert StopMark.objects.count() == 1


def test_the_stop_of_somebody_without_a_number_is_kept_as_given(quo):
    body = STOP.replace(b"+16065550123", b"SHORTCODE")

    quo(body, legacy_headers(body))

    assert StopMark.objects.get().number == "SHORTCODE"


def quo_step():
    return next(step for step in first_run_steps() if step.name == "Quo")


def test_three_refusals_in_a_row_raise_an_alarm_and_a_good_delivery_ends_it(quo, settings):
    assert quo_step().state == "Not heard from yet."
    for _ in range(3):
        assert "in a row" not in quo_step().state
        quo(TEXT, {})
    assert quo_step().state == "3 posts in a row were refused: no signature."

    quo(TEXT)

    assert quo_step().done
    settings.QUO_WEBHOOK_KEY = settings.QUO_SIGNING_SECRET = []
    assert quo_step().state == "No texts or calls come in."


def test_a_delivery_names_itself(quo):
    quo(TEXT)

    assert str(WebhookDelivery.objects.get()) == "quo msg_1"
