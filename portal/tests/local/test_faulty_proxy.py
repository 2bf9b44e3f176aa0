"""The proxy is a tool of the tests, so it is tested itself: each fault does what its name says."""

import socket
import threading

import pytest
import requests

from portal.local.faulty_calls import of_method, writes
from portal.local.faulty_faults import (
    BAD_GATEWAY,
    BAD_GATEWAY_BEFORE,
    DROP_ANSWER,
    DROP_BEFORE,
    DROP_HALF_WAY,
    DUPLICATE,
    MALFORM,
    PASS,
    TRUNCATE,
    answer_with,
    delay_answer,
    delay_before,
    hold_answer,
    hold_before,
)
from portal.local.faulty_proxy import FaultyProxy
from portal.tests.local.faulty_bench import TIMEOUT, eventually, post, proxy, upstream

__all__ = ["proxy", "upstream"]


def test_passes_calls_on_and_keeps_what_came_by(proxy, upstream):
    answer = post(proxy, body={"ids": [7], "vals": {"name": "Zoë"}})

    assert answer.json() == {"received": 1}
    assert upstream.bodies == [{"ids": [7], "vals": {"name": "Zoë"}}]
    [call] = proxy.calls
    assert (call.n, call.model, call.method, call.ids) == (1, "crm.lead", "write", [7])
    assert (call.database, call.outcome, call.status) == ("demo", "passed", 200)
    assert "secret" not in repr(call)


def test_drops_a_request_before_it_reaches_odoo(proxy, upstream):
    proxy.rule(DROP_BEFORE)

    with pytest.raises(requests.ConnectionError):
        post(proxy)

    assert upstream.bodies == []


def test_drops_an_answer_after_odoo_has_given_it(proxy, upstream):
    proxy.rule(DROP_ANSWER)

    with pytest.raises(requests.ConnectionError):
        post(proxy)

    assert upstream.bodies == [{"ids": [7]}]
    assert (proxy.calls[0].outcome, proxy.calls[0].forwarded) == ("answer dropped", 1)


def test_drops_a_request_half_way(proxy, upstream):
    proxy.rule(DROP_HALF_WAY)

    with pytest.raises(requests.ConnectionError):
        post(proxy)

    eventually(lambda: upstream.broken)
    assert upstream.bodies == []


def test_sends_a_request_twice(proxy, upstream):
    proxy.rule(DUPLICATE)

    assert post(proxy).json() == {"received": 2}
    assert upstream.bodies == [{"ids": [7]}] * 2


def test_cuts_an_answer_short_of_its_promised_length(proxy, upstream):
    proxy.rule(TRUNCATE)

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        post(proxy)

    assert len(upstream.bodies) == 1


def test_spoils_the_json_of_an_answer_of_honest_length(proxy):
    proxy.rule(MALFORM)

    with pytest.raises(requests.JSONDecodeError):
        post(proxy).json()


@pytest.mark.parametrize(("fault", "reached"), [(BAD_GATEWAY, 1), (BAD_GATEWAY_BEFORE, 0)])
def test_answers_like_a_bad_gateway(proxy, upstream, fault, reached):
    proxy.rule(fault)

    answer = post(proxy)

    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    assert len(upstream.bodies) == reached


def test_answers_any_status_without_asking_odoo(proxy, upstream):
    proxy.rule(answer_with(404))

    assert post(proxy).status_code == 404
    assert upstream.bodies == []


def test_delays_an_answer_but_not_the_call(proxy, upstream):
    proxy.rule(delay_answer(0.5))

    with pytest.raises(requests.ReadTimeout):
        post(proxy, timeout=0.1)

    assert len(upstream.bodies) == 1


def test_lets_a_request_land_after_its_sender_has_given_up(proxy, upstream):
    proxy.rule(delay_before(0.4))

    with pytest.raises(requests.ReadTimeout):
        post(proxy, timeout=0.1)

    assert upstream.bodies == []
    eventually(lambda: upstream.bodies)


def test_delays_and_then_answers(proxy):
    proxy.rule(delay_before(0.05))

    assert post(proxy).status_code == 200


@pytest.mark.parametrize(("hold", "reached_meanwhile"), [(hold_before, 0), (hold_answer, 1)])
def test_holds_a_call_until_told(proxy, upstream, hold, reached_meanwhile):
    told = threading.Event()
    proxy.rule(hold(told))
    answers = []
    sender = threading.Thread(target=lambda: answers.append(post(proxy)))

    sender.start()
    eventually(lambda: proxy.calls and proxy.calls[0].forwarded == reached_meanwhile)
    assert answers == []
    told.set()
    sender.join()

    assert answers[0].status_code == 200
    assert len(upstream.bodies) == 1


def test_a_rule_hits_as_often_as_it_says_and_only_what_it_says(proxy):
    rule = proxy.rule(DROP_BEFORE, when=of_method("sale.order", "action_confirm"), times=2)

    outcomes = []
    for method in ["write", "action_confirm", "action_confirm", "action_confirm"]:
        try:
            outcomes.append(post(proxy, model="sale.order", method=method).status_code)
        except requests.ConnectionError:
            outcomes.append("dropped")

    assert outcomes == [200, "dropped", "dropped", 200]
    assert rule.hits == 2


def test_the_first_rule_that_takes_a_call_wins(proxy):
    proxy.rule(PASS, when=writes)
    proxy.rule(answer_with(503), times=None)

    assert [post(proxy).status_code for _ in range(3)] == [200, 503, 503]


def test_forgets_its_rules_and_kill_points(proxy):
    proxy.rule(answer_with(503), times=None)
    proxy.kill(before_call=1)

    proxy.clear()

    assert post(proxy).status_code == 200


def test_health_checks_are_passed_and_not_counted_as_calls(proxy):
    proxy.rule(DROP_BEFORE)

    answer = requests.get(f"{proxy.url}/web/health", timeout=TIMEOUT)

    assert answer.status_code == 501  # the upstream of these tests only knows POST
    assert (proxy.calls[0].model, proxy.calls[0].outcome) == ("", "passed")


def test_refuses_connections_while_down_and_comes_back_at_the_same_address(proxy):
    url = proxy.url

    proxy.down()
    with pytest.raises(requests.ConnectionError) as refused:
        post(proxy)
    proxy.up()

    assert "refused" in str(refused.value)
    assert proxy.url == url
    assert post(proxy).status_code == 200


def test_a_stopped_odoo_looks_like_a_closed_connection():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"

    with FaultyProxy(nowhere) as proxy:
        with pytest.raises(requests.ConnectionError):
            post(proxy)

        eventually(lambda: proxy.calls[0].outcome == "Odoo did not answer")


def test_its_threads_end_with_it_even_if_a_call_is_held_and_odoo_hangs(upstream):
    upstream.slow.clear()
    with FaultyProxy(upstream.url) as proxy:
        proxy.rule(hold_before(threading.Event()))
        for _ in range(2):
            with pytest.raises(requests.ReadTimeout):
                post(proxy, timeout=0.2)

    assert not any(thread.is_alive() for thread in proxy._threads)
    assert [call.outcome for call in proxy.calls] == ["Odoo did not answer"] * 2


def test_serves_many_calls_at_once(proxy, upstream):
    threads = [threading.Thread(target=post, args=(proxy,)) for _ in range(50)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {call.outcome for call in proxy.calls} == {"passed"}
    assert len(upstream.bodies) == 50
    assert sorted(call.n for call in proxy.calls) == list(range(1, 51))
