"""Which addresses of an administrator's the portal calls itself."""

import socket

import pytest

from portal.core.outside_address import (
    AddressRefused,
    OutsideAddress,
    is_public,
    outside_address,
    reachable_at,
)


def test_an_address_is_taken_apart():
    assert outside_address(
        "https://hooks.example.com/services/T0/B0?x=1", may_be_local=False
    ) == OutsideAddress("hooks.example.com", 443, "/services/T0/B0?x=1", encrypted=True)
    assert outside_address("http://chat:8065", may_be_local=True) == OutsideAddress(
        "chat", 8065, "/", encrypted=False
    )
    assert outside_address("http://chat/x", may_be_local=True).port == 80


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hooks.example.com/x",
        "http://hooks.example.com/x",
        "ftp://hooks.example.com/x",
        "https:///x",
        "https://hooks..example.com/x",
        f"https://{'h' * 64}.example.com/x",
        "https://hooks.example.com:port/x",
        "https://[::1/x",
        "https://name:pw@hooks.example.com/x",
        "https://@hooks.example.com/x",
        "https://hooks.example.com/a b",
        "https://hooks.example.com/\r\nHost: x",
        "https://hööks.example.com/x",
        "https://localhost/x",
        "https://localhost./x",
        "https://db.localhost/x",
        "https://printer.local/x",
        "https://metadata/x",
        "https://127.0.0.1/x",
        "https://10.1.2.3/x",
        "https://169.254.169.254/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
    ],
)
def test_what_is_no_outside_address_is_refused_without_quoting_it(text):
    with pytest.raises(AddressRefused) as refused:
        outside_address(text, may_be_local=False)

    assert "example" not in str(refused.value)


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("0.0.0.7", False),
        ("100.64.0.1", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::1", False),
    ],
)
def test_a_number_is_public_or_not(number, public):
    assert is_public(number) is public


def test_one_private_number_of_a_name_is_enough_to_refuse_it(monkeypatch):
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443))
        for number in ("93.184.216.34", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)
    address = outside_address("https://hooks.example.com/x", may_be_local=False)

    with pytest.raises(AddressRefused, match="private"):
        reachable_at(address, may_be_local=False)
    assert reachable_at(address, may_be_local=True) == ["93.184.216.34", "10.0.0.1"]
    found.pop()
    assert reachable_at(address, may_be_local=False) == ["93.184.216.34"]
