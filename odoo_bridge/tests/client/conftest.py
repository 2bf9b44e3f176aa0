import threading

import pytest

from odoo_bridge.client import OdooClient
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
    return OdooClient(
        base_url=server.url, database="demo", api_key=KEY, read_timeout=5, write_timeout=5
    )
