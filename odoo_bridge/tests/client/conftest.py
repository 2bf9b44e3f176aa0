import threading

import pytest

from odoo_bridge.client import OdooClient, Protocol
from odoo_bridge.tests.client.canned import KEY, CannedServer


@pytest.fixture
def server():
    with CannedServer() as canned:
        thread = threading.Thread(target=canned.serve_forever, args=(0.02,))
        thread.start()
        yield canned
        canned.shutdown()
        thread.join()


@pytest.fixture
def client(server):
    """Speaks JSON-2 with the canned server."""
    return OdooClient(
        base_url=server.url, database="demo", api_key=KEY, read_timeout=5, write_timeout=5
    )


@pytest.fixture(params=list(Protocol), ids=str)
def protocol(request):
    """Each in turn: what a test that wants it says is true of both."""
    return request.param


@pytest.fixture
def odoo_client(odoo, protocol):
    """Return a client of the administrator, in place of the one that speaks JSON-2 only."""
    return odoo.client(protocol=protocol, user="admin")
