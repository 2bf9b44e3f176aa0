"""Posting to a chat's webhook: what counts as told, and where the portal does not call."""

import datetime as dt
import socket
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

from odoo_bridge.chat.client import LONGEST, ChatFailed, post


def test_a_message_is_posted_as_json(chat):
    post(chat.url, "Hello, yard ✓")

    assert chat.heard == [("/hooks/s3cr3t?x=1", {"text": "Hello, yard ✓"})]


def test_a_message_is_cut_where_chats_refuse_it(chat):
    post(chat.url, "x" * (LONGEST + 1))

    assert len(chat.texts[0]) == LONGEST


@pytest.mark.parametrize("status", [301, 400, 404, 500])
def test_only_2xx_is_told_and_no_redirect_is_followed(chat, status):
    chat.status, chat.headers = status, {"Location": chat.url}

    with pytest.raises(ChatFailed, match=f"The chat answered with {status}"):
        post(chat.url, "x")
    assert len(chat.heard) == 1


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1/x", "https"),
        ("https://127.0.0.1/x", "anybody can reach"),
        ("https://10.0.0.8.nip.test/x", "no such host"),
    ],
)
def test_a_private_or_unknown_host_is_not_called(settings, url, why, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", refuse_names)

    with pytest.raises(ChatFailed, match=why) as failed:
        post(url, "x")
    assert "nip.test" not in str(failed.value)


def refuse_names(*_args, **_options):
    raise socket.gaierror


def test_a_name_that_leads_to_a_private_address_is_not_called(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.4", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)

    with pytest.raises(ChatFailed, match="private address"):
        post("https://hooks.example.com/x", "x")


def test_a_chat_that_does_not_answer_is_said_without_its_address(settings):
    settings.CHAT_MAY_BE_LOCAL = True
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/s3cr3t"

        with pytest.raises(ChatFailed) as failed:
            post(url, "x", timeout=0.2)

    assert str(failed.value) == "The chat does not answer (TimeoutError)."
    assert failed.value.__cause__ is None


@pytest.fixture
def stranger(tmp_path):
    """A server with a certificate that nobody has signed; return its port."""
    key, now = ec.generate_private_key(ec.SECP256R1()), timezone.now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "both.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    def shake():
        caller, _ = listener.accept()
        try:
            context.wrap_socket(caller, server_side=True).close()
        except OSError:
            caller.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=shake)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def test_a_certificate_that_nobody_signed_is_not_trusted(settings, stranger):
    settings.CHAT_MAY_BE_LOCAL = True

    with pytest.raises(ChatFailed, match="certificate is not to be trusted"):
        post(f"https://127.0.0.1:{stranger}/x", "x")
