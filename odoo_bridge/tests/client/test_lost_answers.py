"""What no answer means, over both protocols: nothing was sent, or nobody knows."""

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from odoo_bridge.client import Kind, OdooClient, OdooUnavailable, OutcomeUnknown
from odoo_bridge.client import transport as module_under_test
from odoo_bridge.tests.client.canned import KEY, Canned, eventually, returned

WRITE = {"kind": Kind.WRITE_RECORDS, "ids": [7]}
READ = {"kind": Kind.READ}


@pytest.fixture
def client_of(protocol):
    """Make clients that know their user's id, so that what they send is the call itself."""
    values = {"database": "demo", "api_key": KEY, "protocol": protocol, "user": 2}
    return lambda url, **more: OdooClient(base_url=url, **values, **more)


@pytest.fixture
def client(client_of, server):
    return client_of(server.url, read_timeout=5, write_timeout=5)


def error_of(client, what):
    with pytest.raises((OdooUnavailable, OutcomeUnknown)) as lost:
        client.call("sale.order", "action_confirm", **what)
    return lost.value


@pytest.fixture
def unused_port():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # bound, but nobody listens
        yield bound.getsockname()[1]


@pytest.mark.parametrize("what", [READ, WRITE], ids=["read", "write"])
def test_a_refused_connection_sent_nothing(client_of, unused_port, what):
    error = error_of(client_of(f"http://127.0.0.1:{unused_port}"), what)

    assert type(error) is OdooUnavailable
    assert error.status is None


@pytest.fixture
def deaf_port():
    """A port whose queue of connections is full, so that a new one is never taken up."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]
        for one in waiting:
            one.close()


@pytest.mark.parametrize("what", [READ, WRITE], ids=["read", "write"])
def test_a_connection_that_takes_too_long_sent_nothing(client_of, deaf_port, what, monkeypatch):
    monkeypatch.setattr(module_under_test, "CONNECT_TIMEOUT", 0.2)

    error = error_of(client_of(f"http://127.0.0.1:{deaf_port}"), what)

    assert type(error) is OdooUnavailable
    assert error.cause == "ConnectTimeout"


def test_a_name_that_does_not_exist_sent_nothing(client_of):
    error = error_of(client_of("http://odoo.invalid:1"), WRITE)

    assert type(error) is OdooUnavailable


@pytest.fixture
def untrusted_server(tmp_path):
    """HTTPS with a certificate that nobody signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            pass

    with Quiet(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_certificate_that_we_do_not_trust_gets_nothing_sent(client_of, untrusted_server):
    error = error_of(client_of(untrusted_server), WRITE)

    assert type(error) is OdooUnavailable
    assert error.cause == "SSLError"


def test_another_failure_of_tls_proves_nothing(client_of, server):
    error = error_of(client_of(server.url.replace("http:", "https:")), WRITE)

    assert type(error) is OutcomeUnknown


def test_an_answer_lost_after_the_request_was_read(server, client):
    server.will_answer(Canned(hang_up=True))

    assert type(error_of(client, READ)) is OdooUnavailable
    assert type(error_of(client, WRITE)) is OutcomeUnknown
    assert len(server.received) == 2  # and neither was sent again


def test_an_answer_cut_in_its_middle(server, client):
    server.will_answer(Canned(body=b'{"ids": [1, 2, 3]}', cut=9))

    assert type(error_of(client, READ)) is OdooUnavailable
    assert type(error_of(client, WRITE)) is OutcomeUnknown


def test_an_answer_that_does_not_come_in_time(client_of, server):
    held = threading.Event()
    server.will_answer(Canned(wait=held))
    client = client_of(server.url, read_timeout=0.2, write_timeout=0.2)

    errors = [error_of(client, READ), error_of(client, WRITE)]
    held.set()

    assert [type(error) for error in errors] == [OdooUnavailable, OutcomeUnknown]
    assert {error.cause for error in errors} == {"ReadTimeout"}
    eventually(lambda: len(server.received) == 2)


def test_a_write_is_given_more_time_than_a_read(client_of, protocol, server):
    held = threading.Event()
    server.will_answer(replace(returned(protocol), wait=held))
    client = client_of(server.url, read_timeout=0.1, write_timeout=10)

    assert type(error_of(client, READ)) is OdooUnavailable
    threading.Timer(0.3, held.set).start()

    assert client.call("sale.order", "action_confirm", **WRITE) is None


def test_the_outcome_unknown_keeps_no_arguments_in_its_text(server, client):
    server.will_answer(Canned(hang_up=True))

    with pytest.raises(OutcomeUnknown) as lost:
        client.call("res.partner", "write", **WRITE, vals={"phone": "+1 555 0100"})

    assert "555" not in f"{lost.value!r} {lost.value} {lost.value.args}"
    assert isinstance(lost.value.__cause__, requests.ConnectionError)
