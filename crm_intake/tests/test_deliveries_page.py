"""The truth about what sources delivered, and reading it once more."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.models import Lead, RefusedDelivery, WebhookDelivery
from crm_intake.selectors.hearing import source_troubles
from crm_intake.selectors.silence import FEW
from crm_intake.selectors.truth import truth_board
from crm_intake.tasks import understand_deliveries
from portal.accounts.models import Role
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db

PAGE = "/inbox/deliveries/"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def delivered(quo):
    """Store deliveries of Quo, some hours ago each: ``delivered(1, 2, 3)``."""

    def store(*hours, **fields):
        now = timezone.now()
        return WebhookDelivery.objects.bulk_create(
            WebhookDelivery(
                provider="quo",
                delivery_id=f"{number}-{ago}-{fields}",
                body=b"{}",
                received_at=now - ago * HOUR,
                **fields,
            )
            for number, ago in enumerate(hours)
        )

    return store


def test_each_source_has_a_row_with_what_became_of_its_posts(delivered, quo):
    delivered(1, 2, state="DONE")
    delivered(3, state="FAILED", late=True)
    delivered(4, state="NOT_UNDERSTOOD")
    delivered(5)
    delivered(24 * 8, state="FAILED")
    for reason in ("wrong signature", "no signature", "wrong signature"):
        RefusedDelivery.objects.create(
            provider="quo", reason=reason, body_sha256="", received_at=timezone.now() - 2 * HOUR
        )

    [row] = truth_board(timezone.now())

    assert (row.accepted, row.late, row.waiting, row.troubled) == (5, 1, 1, 2)
    assert row.refusals == [("wrong signature", 2), ("no signature", 1)]
    assert (row.hearing.source.label, row.silent_since) == ("Quo", None)


@pytest.mark.parametrize(
    ("every", "silent_for", "is_silent"),
    [
        (1, 3, False),
        (1, 5, True),
        (6, 8, False),
        (6, 10, True),
        (6, 24 * 13, True),
        (1, 24 * 60, True),
    ],
)
def test_a_source_is_silent_when_it_is_for_longer_than_ever(
    delivered, every, silent_for, is_silent
):
    delivered(*(silent_for + every * number for number in range(FEW)))

    [row] = truth_board(timezone.now())

    assert (row.silent_since is not None) is is_silent
    assert [trouble.kind for trouble in source_troubles(timezone.now())] == ["UNHEARD"] * is_silent


def test_a_source_of_which_little_was_heard_is_not_judged(delivered):
    delivered(*range(300, 300 + FEW - 1))

    assert truth_board(timezone.now())[0].silent_since is None


def test_the_silence_of_a_source_that_is_not_set_up_any_more_is_nobody_s_trouble(
    delivered, settings
):
    delivered(*(5 + number for number in range(FEW)))
    settings.QUO_WEBHOOK_KEY = settings.QUO_SIGNING_SECRET = []

    assert source_troubles(timezone.now()) == []


def test_a_delivery_is_read_again_and_brings_nothing_twice(told, signed_in):
    told("message_2026")
    delivery = WebhookDelivery.objects.get()
    office = signed_in(Role.OFFICE)

    answer = office.post(f"{PAGE}{delivery.pk}/replay/")
    understand_deliveries()

    assert answer.status_code == 200
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("DONE", 1)
    assert Lead.objects.count() == 1
    assert AuditRow.objects.filter(what="delivery replayed", by=office.user).count() == 1


def test_what_waits_is_not_read_again(delivered, signed_in):
    [delivery] = delivered(1)

    answer = signed_in(Role.OFFICE).post(f"{PAGE}{delivery.pk}/replay/")

    assert answer.status_code == 422
    assert "waits to be read already" in answer.text


def test_all_that_could_not_be_read_is_read_again_at_once(delivered, signed_in):
    delivered(1, 2, state="NOT_UNDERSTOOD")
    delivered(3, state="FAILED", attempts=6)
    done = delivered(4, state="DONE")

    signed_in(Role.ADMIN).post(f"{PAGE}quo/replay-all/")

    assert WebhookDelivery.objects.filter(state="NEW", attempts=0).count() == 3
    done[0].refresh_from_db()
    assert done[0].state == "DONE"
    assert AuditRow.objects.filter(what="delivery replayed").count() == 3


def test_the_director_reads_and_acts_not(delivered, signed_in):
    [delivery] = delivered(1, state="FAILED")
    director = signed_in(Role.DIRECTOR)

    assert "Read again" not in director.get(PAGE).text
    assert director.post(f"{PAGE}{delivery.pk}/replay/").status_code == 403
    assert "Read again" in signed_in(Role.OFFICE).get(PAGE).text


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_takes_the_same_queries_however_many_deliveries(
    delivered, signed_in, django_assert_num_queries, number
):
    delivered(*range(1, number + 1), state="FAILED")
    office = signed_in(Role.OFFICE)

    # session, user, position; counts, refusals, silence; heard and refused since; texts; the list
    with django_assert_num_queries(11):
        office.get(PAGE, headers={"HX-Request": "true"})


def test_a_source_that_is_none_is_not_found(signed_in):
    assert signed_in(Role.OFFICE).post(f"{PAGE}nobody/replay-all/").status_code == 404
