"""WebKit, the engine of every browser on an iPhone: Debian's, driven by its own WebDriver."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from selenium import webdriver
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.file_detector import UselessFileDetector
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from portal.local.browser import ensure_webkit

SCREEN = "500x950x24"
PATIENCE = 30  # seconds, for one command


@contextmanager
def a_screen() -> Iterator[str]:
    """Give a screen that nobody sees; its name, as programs are told it."""
    read, write = os.pipe()
    argv = ["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    screen = subprocess.Popen(  # noqa: S603 - words of ours
        argv, pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        screen.terminate()
        screen.wait(10)


@pytest.fixture
def webkit():
    """Return a WebKit with one window, and nothing kept from before."""
    driver, program = ensure_webkit()
    with a_screen() as screen:
        env = {**os.environ, "DISPLAY": screen, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        options = Options()
        options.binary_location = program
        options.add_argument("--automation")
        service = Service(driver, env=env)
        service.start()
        try:
            line = RemoteConnection(
                client_config=ClientConfig(service.service_url, timeout=PATIENCE)
            )
            with webdriver.Remote(line, options=options) as opened:
                opened.set_script_timeout(20)
                opened.file_detector = UselessFileDetector()  # it runs here: no file is sent to it
                yield opened
        finally:
            service.stop()
