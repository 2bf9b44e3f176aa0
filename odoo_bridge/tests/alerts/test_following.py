"""Alerts open and close with what is the matter; who shall be told is written once an end."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.models import RefusedDelivery, WebhookDelivery
from odoo_bridge.models import Alert, Breaker, Notice, OutboxEntry
from odoo_bridge.services.follow_troubles import follow_troubles
from odoo_bridge.slots import Doing, slot
from portal.accounts.models import Role
from portal.office.tasks import watch_troubles
from portal.testing.sessions import in_another_session

pytestmark = pytest.mark.django_db
Kind, State, Moment = Alert.Kind, OutboxEntry.State, Notice.Moment
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def now():
    return timezone.now()


def notices(moment=Moment.START):
    found = Notice.objects.filter(moment=moment).order_by("way", "address")
    return [address or "chat" for address in found.values_list("address", flat=True)]


def test_the_person_whose_change_it_is_and_those_chosen_are_told_once(entry_in, person, tell, now):
    ann, bob = person(Role.OFFICE, email="ann@yard.test"), person(Role.ADMIN, email="bob@yard.test")
    tell(people=[bob], addresses=["yard@yard.test"], chat_url="https://chat.example.com/x")
    entry_in(State.PARKED, by=ann)

    for _ in range(2):
        follow_troubles(now=now)

    assert notices() == ["chat", "ann@yard.test", "bob@yard.test", "yard@yard.test"]
    assert Alert.objects.get().told_from == now


def test_who_made_the_change_and_was_chosen_gets_one_mail(entry_in, person, tell, now):
    ann = person(Role.OFFICE, email="ann@yard.test")
    tell(people=[ann], addresses=["ANN@yard.test"])
    entry_in(State.PARKED, by=ann)

    follow_troubles(now=now)

    assert notices() == ["ann@yard.test"]


def test_who_may_not_sign_in_any_more_is_not_told(entry_in, person, tell, now):
    ann = person(Role.OFFICE, email="ann@yard.test", is_active=False)
    tell(people=[ann])
    entry_in(State.PARKED, by=ann)

    follow_troubles(now=now)

    assert notices() == []


def test_before_anybody_was_chosen_the_administrators_are_told(entry_in, person, now):
    person(Role.ADMIN, email="root@yard.test")
    person(Role.OFFICE)
    entry_in(State.PARKED)

    follow_troubles(now=now)

    assert notices() == ["root@yard.test"]


def test_the_end_is_told_to_whom_the_start_was(entry_in, tell, now):
    tell(addresses=["yard@yard.test"], chat_url="https://chat.example.com/x")
    entry_in(State.PARKED)
    follow_troubles(now=now)
    tell(addresses=["other@yard.test"])
    OutboxEntry.objects.update(state=State.QUEUED)

    for _ in range(2):
        follow_troubles(now=now + MINUTE)

    assert notices(Moment.END) == ["chat", "yard@yard.test"]
    assert Alert.objects.get().ended_at == now + MINUTE


def test_the_end_of_what_could_not_be_told_for_a_day_is_not_told(entry_in, tell, now):
    tell(addresses=["yard@yard.test"])
    entry_in(State.PARKED)
    follow_troubles(now=now)
    OutboxEntry.objects.update(state=State.QUEUED)

    follow_troubles(now=now + dt.timedelta(days=2))

    assert notices(Moment.END) == []


@pytest.mark.parametrize(("minutes", "told"), [(9, []), (10, ["yard@yard.test"])])
def test_a_lost_answer_is_told_after_ten_minutes(entry_in, tell, now, minutes, told):
    tell(addresses=["yard@yard.test"])
    entry_in(State.UNKNOWN)

    for minute in range(minutes + 1):
        OutboxEntry.objects.update(state=State.SENDING if minute % 3 == 1 else State.UNKNOWN)
        follow_troubles(now=now + minute * MINUTE)

    assert notices() == told


def test_an_answer_that_was_found_in_time_is_forgotten(entry_in, tell, now):
    tell(addresses=["yard@yard.test"])
    entry_in(State.UNKNOWN)
    follow_troubles(now=now)
    OutboxEntry.objects.update(state=State.DONE)

    follow_troubles(now=now + MINUTE)

    assert not Alert.objects.exists()


@pytest.mark.parametrize(("minutes", "told"), [(59, []), (61, ["olivia@yard.test"])])
def test_a_conflict_is_told_after_an_hour(in_conflict, tell, now, minutes, told):
    tell()
    entry = in_conflict()
    entry.actor.email = "olivia@yard.test"
    entry.actor.save()

    follow_troubles(now=now + minutes * MINUTE)

    assert notices() == told


def test_what_comes_again_is_told_again(tell, now):
    tell(addresses=["yard@yard.test"])
    for number in range(3):
        Breaker.objects.all().delete()
        if number != 1:
            Breaker.objects.create(pk=1, opened_at=now, probe_at=now)
        follow_troubles(now=now + number * MINUTE)

    assert len(notices()) == 2
    assert len(notices(Moment.END)) == 1


@pytest.mark.parametrize("number_of_entries", [1, 20])
def test_following_takes_the_same_queries_however_much_is_the_matter(
    entry_in, person, tell, now, django_assert_num_queries, number_of_entries
):
    tell(addresses=["yard@yard.test"])
    for _ in range(number_of_entries):
        entry_in(State.PARKED, by=person(Role.OFFICE))

    with django_assert_num_queries(15):
        follow_troubles(now=now)


def test_the_clock_s_task_follows_and_tells(entry_in, tell, mailoutbox):
    tell(addresses=["yard@yard.test"])
    entry_in(State.PARKED)

    watch_troubles()

    assert [mail.to for mail in mailoutbox] == [["yard@yard.test"]]


def test_posts_of_quo_that_are_refused_are_told_until_one_is_heard(tell, mailoutbox, settings):
    tell(addresses=["yard@yard.test"])
    refused = {"provider": "quo", "reason": "no signature fits", "received_at": timezone.now()}
    for _ in range(3):
        RefusedDelivery.objects.create(**refused, body_sha256="")
    watch_troubles()
    assert mailoutbox == [], "a portal without Quo has nobody to refuse"
    settings.QUO_WEBHOOK_KEY = ["whsec_eA=="]
    watch_troubles()

    heard_at = timezone.now()
    WebhookDelivery.objects.create(provider="quo", delivery_id="1", body=b"", received_at=heard_at)
    watch_troubles()

    subjects = [mail.subject for mail in mailoutbox]
    assert subjects == ["Texts and calls are refused", "Over: Texts and calls are refused"]
    assert "Compare its signing secret" in mailoutbox[0].body


@pytest.mark.django_db(transaction=True)
def test_one_looks_at_a_time(entry_in, tell, mailoutbox):
    tell(addresses=["yard@yard.test"])
    entry_in(State.PARKED)

    with slot(Doing.WATCHING, of=1) as free:
        assert free
        in_another_session(watch_troubles)

    assert mailoutbox == []
