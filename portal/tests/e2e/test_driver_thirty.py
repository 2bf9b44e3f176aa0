"""A day of thirty stops while the server is gone, behind a line that loses answers.

In both engines that phones have; the browser itself being offline is in ``test_driver_offline.py``.
"""

import pytest
from django.test import Client

from drivers.models import StopAction
from portal.local.faulty_faults import DROP_ANSWER
from portal.local.faulty_proxy import FaultyProxy
from portal.testing.kept_page import IS_KEPT
from portal.tests.e2e.driver import SIZES, a_stop, sign_in
from portal.tests.e2e.hands import SIGNAL, OfChromium, OfWebKit
from portal.tests.e2e.thirty_stops import (
    ThreeOfTen,
    all_counts_once,
    drive_thirty_stops,
    send_until_all_is_there,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def line(live_server):
    """The line from the phone to the server."""
    with FaultyProxy(live_server.url) as line:
        yield line


@pytest.fixture
def url(line):
    """Where the phone finds the server."""
    return line.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def driver(stops):
    return stops[0].run.driver.user


@pytest.fixture
def of_chromium(browser, url, driver):
    context = browser.new_context(base_url=url, viewport=SIZES["phone"])
    sign_in(context, url, driver)
    yield OfChromium(context.new_page())
    context.close()


@pytest.fixture
def of_webkit(webkit, url, driver):
    phone = OfWebKit(webkit, url)
    phone.open("/health")
    signed_in = Client()
    signed_in.force_login(driver)
    webkit.add_cookie({"name": "session", "value": signed_in.cookies["session"].value})
    return phone


@pytest.mark.parametrize("engine", ["chromium", "webkit"])
def test_each_act_counts_once(engine, request, line, stops, tmp_path):
    run = stops[0].run
    all_stops = [*stops, *(a_stop(f"Customer {n}", run=run, position=n) for n in range(3, 30))]
    phone = request.getfixturevalue(f"of_{engine}")
    phone.open("/driver/")
    phone.see("0 of 30 done")
    phone.run(IS_KEPT)

    line.down()
    sums = drive_thirty_stops(phone, all_stops, tmp_path)
    assert not StopAction.objects.exists()

    lossy = ThreeOfTen()
    line.rule(DROP_ANSWER, when=lossy, times=None)
    line.up()
    phone.run(SIGNAL)
    phone.another_page(kill=False)
    phone.open("/driver/")
    send_until_all_is_there(phone)

    assert lossy.lost >= 3
    all_counts_once(all_stops, sums)
