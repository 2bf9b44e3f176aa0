"""What goes wrong while the phone sends, and what goes on all the same."""

import uuid

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from drivers.models import ProofOfDelivery, StopAction
from drivers.selectors.claims import claim_of
from portal.accounts.models import Role
from portal.tests.e2e.driver import all_is_sent, open_stop, tap, unsent
from portal.tests.e2e.test_driver_offline import A_PHOTO
from portal.tests.e2e.thirty_stops import a_photo

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
FILES, ACTS = "**/driver/files/*", "**/driver/acts"
KEEP_ACTS = """
async (acts) => {
  const asked = indexedDB.open("driver");
  await new Promise((done) => { asked.onsuccess = done; });
  const change = asked.result.transaction("acts", "readwrite");
  acts.forEach((act) => change.objectStore("acts").add(act));
  await new Promise((done) => { change.oncomplete = done; });
  asked.result.close();
  new BroadcastChannel("driver").postMessage("changed");
}
"""


def notes(stop, number, text):
    """Return notes as the phone keeps them, not sent yet."""
    driver = stop.run.driver.user_id
    about = {
        "driver": driver,
        "what": "NOTED",
        "run": str(stop.run.uuid),
        "stop": str(stop.uuid),
        "claim": claim_of(stop, driver_id=driver),
        "at": timezone.now().isoformat(),
        "details": {"text": text},
        "verdict": "",
        "words": "",
        "about": "A. Whitfield",
    }
    return [about | {"id": str(uuid.uuid4()), "n": n} for n in range(1, number + 1)]


def numbers(request):
    """Return the numbers of the acts that are sent, if any are."""
    sent = request.post_data_json if request.method == "POST" else {}
    return [act["n"] for act in sent.get("acts", ())]


def never_taken(page, act):
    """Let the server refuse each request with this act in it."""
    page.context.route(
        ACTS,
        lambda route: (
            route.fulfill(status=400) if act["id"] in route.request.post_data else route.continue_()
        ),
    )


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


def test_more_than_the_server_takes_at_once_is_sent_in_parts(phone, stops):
    page = phone()
    all_is_sent(page)
    page.evaluate(KEEP_ACTS, notes(stops[0], 50, "木" * 2000))
    unsent(page, 50)
    try_again(page)

    all_is_sent(page)
    assert list(StopAction.objects.order_by("number").values_list("number", flat=True)) == [
        *range(1, 51)
    ]


@pytest.mark.parametrize("status", [400, 413])
def test_what_is_too_much_at_once_is_halved(phone, stops, status):
    page = phone()
    all_is_sent(page)
    sizes = []

    def at_most_three(route):
        sizes.append(len(route.request.post_data_json["acts"]))
        route.fulfill(status=status) if sizes[-1] > 3 else route.continue_()

    page.context.route(ACTS, at_most_three)
    page.evaluate(KEEP_ACTS, notes(stops[0], 10, "Gate at the left"))
    unsent(page, 10)
    try_again(page)

    all_is_sent(page)
    assert StopAction.objects.count() == 10
    assert sizes == [10, 5, 2, 2, 2, 2, 2]


def test_one_act_that_is_too_much_waits(phone, stops):
    page = phone()
    page.context.route(ACTS, lambda route: route.fulfill(status=413))
    tap(page, "I am on my way")

    unsent(page, 1)
    page.get_by_role("link", name="1 not sent yet").tap()
    expect(page.get_by_role("status")).to_contain_text("The server is in trouble.")


def test_one_act_that_is_too_much_holds_up_no_other_stop(phone, stops):
    page = phone()
    all_is_sent(page)
    odd, *behind = notes(stops[0], 3, "Gate at the left")
    others = notes(stops[1], 60, "Gate at the right")
    told = [odd, *behind, *others]
    never_taken(page, odd)
    page.evaluate(KEEP_ACTS, [act | {"n": n} for n, act in enumerate(told, 1)])
    try_again(page)

    unsent(page, 3)
    assert set(StopAction.objects.values_list("stop_id", flat=True)) == {stops[1].pk}
    assert StopAction.objects.count() == 60
    page.context.unroute(ACTS)
    try_again(page)
    all_is_sent(page)
    assert list(
        StopAction.objects.filter(stop=stops[0])
        .order_by("pk")
        .values_list("submission_id", flat=True)
    ) == [uuid.UUID(act["id"]) for act in (odd, *behind)]


def test_where_a_third_act_is_not_taken_all_of_it_waits_in_its_order(phone, stops):
    page = phone()
    all_is_sent(page)
    of_the_run = [act | {"stop": None, "claim": ""} for act in notes(stops[0], 1, "Ferry")]
    told = [*(note for stop in stops for note in notes(stop, 2, "Gate")), *of_the_run]
    sent = []

    def refuse(route):
        sent.append(numbers(route.request))
        route.fulfill(status=400)

    page.context.route(ACTS, refuse)
    page.evaluate(KEEP_ACTS, [act | {"n": n} for n, act in enumerate(told, 1)])
    unsent(page, 7)
    with page.expect_request(lambda asked: numbers(asked) == [5]):
        try_again(page)
    page.wait_for_load_state("networkidle")
    unsent(page, 7)
    assert [one for one in sent if len(one) == 1] == [[1], [3], [5]], "of each stop the first"
    page.context.unroute(ACTS)
    try_again(page)
    all_is_sent(page)
    assert list(StopAction.objects.order_by("pk").values_list("number", flat=True)) == [
        *range(1, 8)
    ]


def test_acts_of_the_run_alone_keep_their_order_too(phone, stops):
    page = phone()
    all_is_sent(page)
    first, second = (act | {"stop": None, "claim": ""} for act in notes(stops[0], 2, "Ferry"))
    never_taken(page, first)
    page.evaluate(KEEP_ACTS, [first, second, *(a | {"n": 3} for a in notes(stops[1], 1, "Gate"))])
    try_again(page)

    unsent(page, 2)
    assert StopAction.objects.get().stop == stops[1]


def test_who_may_not_drive_any_more_is_told_so_and_loses_nothing(phone, stops):
    page = phone()
    all_is_sent(page)
    user = stops[0].run.driver.user
    user.role = Role.OFFICE
    user.save(update_fields=["role"])
    tap(page, "I am on my way")
    page.get_by_role("link", name="1 not sent yet").tap()

    expect(page.get_by_role("status")).to_contain_text(
        "You may not drive any more. Call the office."
    )
    unsent(page, 1)
    user.role = Role.DRIVER
    user.save(update_fields=["role"])
    tap(page, "Send now")
    all_is_sent(page)
    assert StopAction.objects.count() == 1
