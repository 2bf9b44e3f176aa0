"""The pictures of the documentation, taken from the running demo with Debian's chromium."""

from dataclasses import dataclass

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from portal.local import demo_env
from portal.local.browser import QUIET, ensure_installed
from portal.local.paths import ROOT
from portal.local.ports import NotReady, answers
from portal.local.progress import say

FOLDER = ROOT / "docs" / "screenshots"
OFFICE = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
SIZES = {"office": OFFICE, "phone": PHONE}
MOST_BYTES = 300_000


@dataclass(frozen=True)
class Picture:
    """A page as one person sees it; nobody is signed in where ``person`` is empty."""

    name: str
    path: str
    person: str = ""


PICTURES = (
    Picture("log-in", "/account/login/"),
    Picture("today", "/", "ADMIN"),
    Picture("setup", "/setup/", "ADMIN"),
    Picture("board", "/board/", "OFFICE"),
    Picture("inbox", "/inbox/", "OFFICE"),
    Picture("sync", "/sync/", "OFFICE"),
)


def take_all() -> None:
    """Write each picture in each size.

    :raises NotReady: no demo runs, or a page did not come.
    """
    values = demo_env.read()
    if not answers(f"{values.get('PORTAL_URL', '')}/health/ready"):
        raise NotReady("The pictures are taken from the running demo: start it with `make demo`.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_installed(), args=QUIET)
        for picture in PICTURES:
            for size in SIZES:
                _take(browser, picture, size, values)
        browser.close()


def _take(browser: Browser, picture: Picture, size: str, values: dict[str, str]) -> None:
    context = browser.new_context(
        base_url=values["PORTAL_URL"],
        viewport=SIZES[size],
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if picture.person:
        _sign_in(page, values, picture.person)
    answer = page.goto(picture.path)
    if answer is None or not answer.ok:
        raise NotReady(f"{picture.path} did not come: {answer.status if answer else 'no answer'}.")
    file = FOLDER / f"{picture.name}-{size}.png"
    page.screenshot(path=file)
    context.close()
    bytes_ = file.stat().st_size
    if bytes_ > MOST_BYTES:
        raise NotReady(f"{file} has {bytes_} bytes; a picture may have {MOST_BYTES}.")
    say(f"{file.relative_to(ROOT)}  {bytes_ // 1000} kB")


def _sign_in(page: Page, values: dict[str, str], person: str) -> None:
    page.goto("/account/login/")
    page.fill("input[name=login]", values[f"{person}_EMAIL"])
    page.fill("input[name=password]", values[f"{person}_PASSWORD"])
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/")
