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
PATIENCE = 90_000  # ms


@dataclass(frozen=True)
class Picture:
    """A page as one person sees it; nobody is signed in where ``person`` is empty.

    ``drawn`` is what its script draws, where it does: on ``on_phones`` or in the office alone.
    """

    name: str
    path: str
    person: str = ""
    drawn: str = ""
    on_phones: bool = False


PICTURES = (
    Picture("log-in", "/account/login/"),
    Picture("today", "/", "ADMIN"),
    Picture("setup", "/setup/", "ADMIN"),
    Picture("board", "/board/", "OFFICE"),
    Picture("calendar", "/calendar/", "OFFICE", drawn=".drawn .ec-event"),
    Picture("production", "/production/", "PRODUCTION"),
    Picture("inbox", "/inbox/", "OFFICE"),
    Picture("leads", "/leads/", "OFFICE"),
    Picture("price", "/quotes/", "OFFICE"),
    Picture("sync", "/sync/", "OFFICE"),
    Picture("director", "/director/", "DIRECTOR"),
    Picture("run", "/driver/", "DRIVER", drawn=".stop, .all-done", on_phones=True),
)
# A day to look at: on each truck, by its place in the list, so many jobs.
DAY = (4, 2, 1)


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
        _make_a_day(browser, values)
        for picture in PICTURES:
            for size in SIZES:
                _take(browser, picture, size, values)
        browser.close()


def _make_a_day(browser: Browser, values: dict[str, str]) -> None:
    """Plan jobs on the board and make the first delivery, as people do; once for each demo."""
    page = _page_of(browser, "OFFICE", "office", values)
    page.goto("/board/")
    if page.locator(".lane .card").count():
        return
    # What a fresh demo reads from Odoo first: its trucks, and who drives them.
    page.locator(".lane").nth(len(DAY) - 1).wait_for(timeout=PATIENCE)
    page.locator(".lane option:nth-child(2)").first.wait_for(state="attached", timeout=PATIENCE)
    for truck, jobs in enumerate(DAY):
        for _ in range(jobs):
            page.locator(".pool .move").last.click()  # Odoo's own demo orders are the first
            page.get_by_label("Truck").select_option(index=truck + 1)
            page.get_by_role("dialog").get_by_role("button", name="Move").click()
            page.locator("#moved .toast").wait_for()
            page.goto("/board/")
    phone = _page_of(browser, "DRIVER", "phone", values)
    phone.goto("/driver/")
    phone.get_by_role("link", name="More").click()
    phone.get_by_role("button", name="Delivered").click()
    phone.get_by_role("link", name="Money received").click()
    due = phone.locator(".due strong").inner_text()
    phone.get_by_label("Amount received").fill("".join(c for c in due if c in "0123456789."))
    phone.get_by_role("button", name="Money received").click()
    phone.get_by_text("All is sent").wait_for()


def _take(browser: Browser, picture: Picture, size: str, values: dict[str, str]) -> None:
    page = _page_of(browser, picture.person, size, values)
    answer = page.goto(picture.path)
    if answer is None or not answer.ok:
        raise NotReady(f"{picture.path} did not come: {answer.status if answer else 'no answer'}.")
    if picture.drawn and (size == "office" or picture.on_phones):
        page.locator(picture.drawn).first.wait_for()
    file = FOLDER / f"{picture.name}-{size}.png"
    page.screenshot(path=file)
    page.context.close()
    bytes_ = file.stat().st_size
    if bytes_ > MOST_BYTES:
        raise NotReady(f"{file} has {bytes_} bytes; a picture may have {MOST_BYTES}.")
    say(f"{file.relative_to(ROOT)}  {bytes_ // 1000} kB")


def _page_of(browser: Browser, person: str, size: str, values: dict[str, str]) -> Page:
    """Return a page of this person's browser; of nobody's without a name."""
    context = browser.new_context(
        base_url=values["PORTAL_URL"],
        viewport=SIZES[size],
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if person:
        _sign_in(page, values, person)
    return page


def _sign_in(page: Page, values: dict[str, str], person: str) -> None:
    page.goto("/account/login/")
    page.fill("input[name=login]", values[f"{person}_EMAIL"])
    page.fill("input[name=password]", values[f"{person}_PASSWORD"])
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/")
