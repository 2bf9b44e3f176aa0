"""What goes wrong while the phone sends, and what goes on all the same."""

import pytest

from drivers.models import ProofOfDelivery, StopAction
from portal.tests.e2e.driver import all_is_sent, open_stop, tap, unsent
from portal.tests.e2e.test_driver_offline import A_PHOTO
from portal.tests.e2e.thirty_stops import a_photo

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
FILES, ACTS = "**/driver/files/*", "**/driver/acts"


def try_again(page):
    """Let the phone send what waits."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def photo_waits(page, stop):
    """Take a photo whose act is taken and whose bytes are not."""
    open_stop(page, stop)
    page.context.route(FILES, lambda route: route.fulfill(status=500))
    with page.expect_response(FILES):
        page.locator("input[type=file]").set_input_files(A_PHOTO | {"buffer": a_photo()})
    unsent(page, 1)


def take_later(route):
    acts = route.request.post_data_json["acts"]
    wait = {"verdict": "WAIT", "words": ""}
    route.fulfill(json={"at": "", "answers": [{"id": act["id"]} | wait for act in acts]})


def test_an_act_that_the_server_takes_later_holds_no_photo_up(phone, stops):
    page = phone()
    page.context.route(ACTS, take_later)
    page.context.route(ACTS, lambda route: route.continue_(), times=1)
    photo_waits(page, stops[0])
    page.context.unroute(FILES)
    with page.expect_response(FILES):
        tap(page, "I am on my way")

    unsent(page, 1)
    assert ProofOfDelivery.objects.count() == 1
    page.context.unroute(ACTS)
    try_again(page)
    all_is_sent(page)
    assert StopAction.objects.count() == 2


def test_a_photo_that_waits_alone_gets_a_new_token(phone, stops):
    page = phone()
    photo_waits(page, stops[0])
    with page.expect_response("**/driver/day"):
        try_again(page)
    with page.expect_response(lambda response: response.status == 304):
        try_again(page)  # with the day that it has, the phone gets no token
    page.context.clear_cookies(name="csrf")
    page.context.unroute(FILES)
    try_again(page)

    all_is_sent(page)
    assert ProofOfDelivery.objects.count() == 1
