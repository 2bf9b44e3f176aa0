"""A hand on a driver's phone, whichever engine the phone's browser has."""

import time
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Page, expect
from selenium.webdriver.remote.webdriver import WebDriver

PATIENCE = 20  # seconds
TAP = """
const [kind, name] = arguments;
const words = (one) => one.getAttribute("aria-label") ?? one.textContent;
const called = (one) => words(one).replace(/\\s+/g, " ").trim();
const found = [...document.querySelectorAll(kind)];
const takes = (one) => one.checkVisibility() && one.ariaDisabled !== "true";
const tapped = found.find((one) => takes(one) && called(one) === name);
tapped?.click();
return Boolean(tapped);
"""
FIELD = """
const [name] = arguments;
const labels = [...document.querySelectorAll("label")];
return labels.find((one) => one.textContent.trim() === name)?.control;
"""
SEES = "return document.body.innerText.includes(arguments[0]);"
AWAIT = "const done = arguments[0]; ({code})().then(done);"
SIGNAL = "() => { window.dispatchEvent(new Event('online')); }"


class Hands(Protocol):
    """What a driver does: ``run`` is for what no hand can, a function of JavaScript."""

    def open(self, path: str) -> None:
        """Go to a page."""

    def tap(self, name: str, kind: str = "button") -> None:
        """Tap the first element of this kind that is called so."""

    def fill(self, label: str, value: str) -> None:
        """Type into a field."""

    def take_photo(self, photo: Path) -> None:
        """Take a picture with the page's camera."""

    def see(self, words: str) -> None:
        """Wait until the page says so."""

    def sees(self, words: str) -> bool:
        """Say whether the page says so now."""

    def run(self, code: str) -> Any:
        """Return what a function gives."""

    def another_page(self, *, kill: bool) -> None:
        """Go on with a new page, beside the old one or when that was killed."""


class OfChromium:
    """Hands on a page of Playwright's."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, path: str) -> None:
        self.page.goto(path)

    def tap(self, name: str, kind: str = "button") -> None:
        role: Any = {"a": "link"}.get(kind, kind)
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).fill(value)

    def take_photo(self, photo: Path) -> None:
        self.page.locator("input[type=file]").set_input_files(photo)

    def see(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=PATIENCE * 1000)

    def sees(self, words: str) -> bool:
        return self.page.get_by_text(words).count() > 0

    def run(self, code: str) -> Any:
        return self.page.evaluate(code)

    def another_page(self, *, kill: bool) -> None:
        context = self.page.context
        if kill:
            self.page.close()
        self.page = context.new_page()


class OfWebKit:
    """Hands on a window of WebKit's; a spare one keeps its session when the page is killed."""

    def __init__(self, driver: WebDriver, url: str) -> None:
        self.driver, self.url = driver, url
        driver.switch_to.new_window("tab")

    def open(self, path: str) -> None:
        self.driver.get(f"{self.url}{path}")

    def tap(self, name: str, kind: str = "button") -> None:
        self._found(TAP, kind, name)  # in one go: the page is drawn anew all the time

    def fill(self, label: str, value: str) -> None:
        field = self._found(FIELD, label)
        field.clear()
        field.send_keys(value)

    def take_photo(self, photo: Path) -> None:
        self.driver.find_element("css selector", "input[type=file]").send_keys(str(photo))

    def see(self, words: str) -> None:
        self._found(SEES, words)

    def sees(self, words: str) -> bool:
        return bool(self.driver.execute_script(SEES, words))

    def run(self, code: str) -> Any:
        awaited = code if code.strip().startswith("async") else f"async {code.strip()}"
        return self.driver.execute_async_script(AWAIT.replace("{code}", awaited))

    def another_page(self, *, kill: bool) -> None:
        if kill:
            self.driver.close()
            self.driver.switch_to.window(self.driver.window_handles[0])
        self.driver.switch_to.new_window("tab")

    def _found(self, script: str, *args: str) -> Any:
        until = time.monotonic() + PATIENCE
        while True:
            if found := self.driver.execute_script(script, *args):
                return found
            assert time.monotonic() < until, f"the page never showed {args}"
            time.sleep(0.05)
