"""A driver's day of thirty stops, with photos and cash, and what must have come of it."""

import io
from pathlib import Path

from PIL import Image

from drivers.models import Collection, ProofOfDelivery, StopAction
from odoo_bridge.models import OutboxEntry
from portal.local.faulty_calls import Call
from portal.tests.e2e.hands import SIGNAL, Hands
from scheduling.models import Stop

KILLED_AT = {10, 20}
A_PHOTO_EVERY = 6
SHA_OF_FILES = """
async () => {
  const db = await new Promise((done) => {
    const asked = indexedDB.open("driver");
    asked.onsuccess = () => done(asked.result);
  });
  const files = await new Promise((done) => {
    const asked = db.transaction("files").objectStore("files").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const sums = files.map(async (file) => {
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", file.content));
    return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
  });
  return (await Promise.all(sums)).sort();
}
"""


def a_photo() -> bytes:
    """Return a photo as a phone's camera makes it: large, and telling more than the picture."""
    drawn, told = io.BytesIO(), Image.Exif()
    told[271], told[274] = "Somebody's camera", 6
    noise = Image.effect_noise((40, 30), 90).convert("RGB")
    noise.resize((2000, 1500)).save(drawn, "JPEG", exif=told)
    return drawn.getvalue()


def drive_thirty_stops(hands: Hands, stops: list[Stop], folder: Path) -> list[str]:
    """Deliver and collect everywhere; the page is killed twice. Return the digests of the files."""
    photo = folder / "photo.jpg"
    for number, stop in enumerate(stops):
        if number in KILLED_AT:
            hands.another_page(kill=True)
            hands.open("/driver/")
        hands.run(f"() => {{ location.hash = '#/stop/{stop.uuid}'; }}")
        hands.tap("I am on my way")
        hands.tap("I have arrived")
        if number % A_PHOTO_EVERY == 0:
            photo.write_bytes(a_photo())
            hands.take_photo(photo)
            hands.see("✓ Photo")
        hands.tap("Delivered")
        hands.tap("Money received", "a")
        hands.fill("Amount received", "412")
        hands.tap("Money received")
        hands.see(f"{number + 1} of {len(stops)} done")
    sums: list[str] = hands.run(SHA_OF_FILES)
    return sums


def send_until_all_is_there(hands: Hands, tries: int = 240) -> None:
    """Let the signal come and go until nothing waits on the phone."""
    for _try in range(tries):
        if hands.sees("All is sent"):
            return
        hands.run(SIGNAL)
        hands.run("() => new Promise((done) => setTimeout(done, 500))")
    raise AssertionError("something still waits on the phone")


def is_sending(call: Call) -> bool:
    """Say whether a phone tells what was done."""
    return call.path.startswith(("/driver/acts", "/driver/files/"))


class ThreeOfTen:
    """Says which answers of the driver's server are lost: 30 %, the first among them."""

    def __init__(self) -> None:
        self.asked = self.lost = 0

    def __call__(self, call: Call) -> bool:
        if not is_sending(call):
            return False
        self.asked += 1
        is_lost = self.asked % 10 in {1, 4, 7}
        self.lost += is_lost
        return is_lost


def all_counts_once(stops: list[Stop], sums: list[str]) -> None:
    """Each act counts, once, and the pictures are those that were taken."""
    photos = len(range(0, len(stops), A_PHOTO_EVERY))
    assert len(sums) == photos
    assert StopAction.objects.count() == len(stops) * 4 + photos
    assert set(StopAction.objects.values_list("verdict", flat=True)) == {"APPLIED"}
    assert not Stop.objects.filter(done_at=None).exists()
    assert Collection.objects.count() == len(stops)
    wanted = {
        "CompleteDelivery": len(stops),
        "CollectPayment": len(stops),
        "AttachFile": photos,
    }
    for command, number in wanted.items():
        assert OutboxEntry.objects.filter(command=command).count() == number, command
    assert sorted(ProofOfDelivery.objects.values_list("sha256", flat=True)) == sums
