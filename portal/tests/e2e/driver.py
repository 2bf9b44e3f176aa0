"""The driver's phone in a browser."""

from django.test import Client
from playwright.sync_api import expect

from portal.testing.yard import StopFactory

THUMB = 48  # px
SIZES = {"phone": {"width": 390, "height": 844}, "office": {"width": 1440, "height": 900}}
TARGETS = """
() => [...document.querySelectorAll("a, button, label.choice, label.button")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])
"""
KEPT_DAYS = """
async () => {
  const db = await new Promise((done) => {
    const asked = indexedDB.open("driver");
    asked.onsuccess = () => done(asked.result);
  });
  const days = db.transaction("days", "readwrite").objectStore("days");
  const kept = await new Promise((done) => {
    const asked = days.getAll();
    asked.onsuccess = () => done(asked.result);
  });
  for (const one of kept) {
    CHANGE
    days.put(one, one.day.driver.id);
  }
  await new Promise((done) => { days.transaction.oncomplete = done; });
  db.close();
}
"""
KEPT_PICTURE = """
async (path) => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await caches.match(path, { ignoreSearch: true })) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}
"""
ORDER = {"customer_odoo_id": 7, "currency_odoo_id": 1}


def a_stop(customer, **about):
    """Return a stop of a customer whose order can be paid."""
    values = {f"job__picking__order__{name}": value for name, value in ORDER.items()}
    return StopFactory(job__picking__order__customer__name=customer, **values, **about)


def sign_in(context, url, user):
    """Let the browser be signed in."""
    signed_in = Client()
    signed_in.force_login(user)
    session = signed_in.cookies["session"].value
    context.add_cookies([{"name": "session", "value": session, "url": url}])


def tap(page, name, role="button"):
    """Tap what is called so."""
    page.get_by_role(role, name=name, exact=True).first.tap()


def open_stop(page, stop):
    """Go to the screen of a stop."""
    page.evaluate("where => location.hash = where", f"#/stop/{stop.uuid}")
    expect(page.locator(f"#stop-{stop.uuid}")).to_be_visible()


def arrive(page):
    """Drive to the stop that is open."""
    tap(page, "I am on my way")
    tap(page, "I have arrived")
    expect(page.get_by_text("● There")).to_be_visible()


def unsent(page, number):
    """So much waits on the phone."""
    words = f"⇅ {number} not sent yet"
    expect(page.locator(".run-head").get_by_text(words, exact=True)).to_be_visible(timeout=15_000)


def all_is_sent(page):
    """Nothing waits any more."""
    expect(page.get_by_text("All is sent")).to_be_visible(timeout=30_000)


def is_kept(page, path):
    """This picture is on the phone: pictures come after the day."""
    assert page.evaluate(KEPT_PICTURE, path), f"{path} is not kept on the phone"


def signal(page):
    """There is signal again: what waits is sent."""
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    all_is_sent(page)


def too_small(page):
    """Return what a thumb would miss, with its height."""
    return [one for one in page.evaluate(TARGETS) if one[1] < THUMB]


def change_kept_days(page, change):
    """Change each day that the phone keeps, as an older page kept it; JavaScript about ``one``."""
    page.evaluate(KEPT_DAYS.replace("CHANGE", change))
