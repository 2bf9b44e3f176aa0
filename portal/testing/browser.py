"""The browser of the tests: Debian's chromium, driven by Playwright."""

import os

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from portal.local.browser import QUIET, ensure_installed
from portal.local.ports import wait_until

# Playwright's synchronous face runs a loop in the test's thread, which Django takes for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser():
    """Return one browser for the whole run, without a window."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=ensure_installed(), args=QUIET)


def is_problem(message):
    """Say whether the page complains: htmx does of a request that a newer one has replaced, too.

    It says of each that it is over, and then how it ended; a failed one has words of its own.
    """
    replaced = ("htmx:afterRequest", "htmx:sendAbort")
    return message.type == "error" and not message.text.startswith(replaced)


def put_away(opened):
    """Close what a test has opened, and wait for what is still being answered.

    A request in a transaction could deadlock with the emptying of the tables.
    """
    for context in opened:
        context.close()
    wait_until(is_at_rest, what="the answer to a page that was closed")


def is_at_rest():
    """Say whether no other session is in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid() and xact_start is not null"
        )
        return cursor.fetchone() is None


@pytest.fixture
def window(browser, live_server, person):
    """Open browser windows: ``window(Role.OFFICE, {"width": 390, "height": 844})``.

    ``page.problems`` collects what the page complains of, broken content rules included.
    """
    opened = []

    def open_window(role, size):
        context = browser.new_context(
            base_url=live_server.url, viewport=size, reduced_motion="reduce"
        )
        opened.append(context)
        if role is not None:
            signed_in = Client()
            signed_in.force_login(person(role))
            session = signed_in.cookies["session"].value
            context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.problems = []
        page.on("console", lambda m: is_problem(m) and page.problems.append(m.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        return page

    yield open_window
    put_away(opened)
