import socket

import pytest

from portal.local import ports


@pytest.fixture
def listener():
    with socket.create_server((ports.HOST, ports.free_port())) as server:
        yield server


def test_a_port_that_somebody_listens_on_is_not_free(listener):
    port = listener.getsockname()[1]

    assert not ports.is_free(port)
    assert ports.accepts(port)


def test_a_name_keeps_its_port(tmp_path):
    first = ports.remembered_port("a", state=tmp_path)

    assert ports.remembered_port("a", state=tmp_path) == first
    assert ports.free_remembered_port("a", state=tmp_path) == first


def test_a_name_gets_another_port_when_somebody_took_its_own(tmp_path, listener):
    taken = listener.getsockname()[1]
    (tmp_path / "ports").mkdir()
    (tmp_path / "ports" / "a").write_text(str(taken))

    fresh = ports.free_remembered_port("a", state=tmp_path)

    assert fresh != taken
    assert ports.remembered_port("a", state=tmp_path) == fresh


def test_waits_until_it_is_so():
    answers = iter([False, False, True])

    ports.wait_until(lambda: next(answers), what="it")


def test_says_what_did_not_come_in_time():
    with pytest.raises(ports.NotReady, match=r"the moon was not ready within 0\.05 seconds"):
        ports.wait_until(lambda: False, what="the moon", timeout=0.05)


def test_does_not_wait_for_what_has_ended():
    with pytest.raises(ports.NotReady, match="the server ended before it was ready"):
        ports.wait_until(lambda: False, what="the server", alive=lambda: False)


def test_waits_for_a_port(listener):
    ports.wait_for_port(listener.getsockname()[1], timeout=1)


def test_nobody_answers_at_a_free_port():
    assert not ports.answers(f"http://{ports.HOST}:{ports.free_port()}/")
