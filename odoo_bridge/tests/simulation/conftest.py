"""The two Odoos that must say the same."""

import pytest

from odoo_bridge.tests.simulation.two_odoos import Real, Small
from portal.local import postgres


@pytest.fixture(params=["small", pytest.param("real", marks=pytest.mark.odoo)])
def world(request):
    if request.param == "small":
        return Small()
    odoo = request.getfixturevalue("odoo")
    server = postgres.ensure_running()
    return Real(odoo.client(), server.url_for(odoo.database, role=postgres.ODOO_ROLE))
