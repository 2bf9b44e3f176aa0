"""I15: no request ever calls Odoo, whatever it asks for."""

import socket

import pytest

from portal.accounts.models import Role
from portal.tests.test_access import OWN_ACCOUNT, PUBLIC, RULES, address_of


@pytest.fixture
def callers(settings):
    """Set up an "Odoo" that nobody answers for; tell who knocked."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.ODOO_URL = "http://{}:{}".format(*listener.getsockname())
        settings.ODOO_DB, settings.ODOO_API_KEY = "odoo", "a-key"

        def knocked():
            listener.settimeout(0)
            try:
                caller, _ = listener.accept()
            except BlockingIOError:
                return False
            caller.close()
            return True

        yield knocked


@pytest.mark.parametrize("name", sorted(PUBLIC | OWN_ACCOUNT | set(RULES)))
def test_a_request_never_calls_odoo(signed_in, callers, name):
    browser = signed_in(min(RULES.get(name, {Role.ADMIN})))

    for method in (browser.get, browser.post):
        method(address_of(name))

    assert not callers()


def test_a_call_would_have_been_noticed(callers, settings):
    host, port = settings.ODOO_URL.removeprefix("http://").split(":")

    with socket.create_connection((host, int(port))):
        assert callers()
