"""One entry at a time: words for the tests of what happens to a single promise."""

from django.utils import timezone

from odoo_bridge.outbox.due import Queue
from odoo_bridge.outbox.lease import take
from odoo_bridge.outbox.outcome import has_failed, is_done
from odoo_bridge.outbox.settle import settle


def lease_next(now):
    """Take the stream whose turn it is; return its entry, or ``None`` when nothing is due."""
    queue = Queue()
    while streams := queue.next(now):
        for stream in streams:
            if entries := take([stream], now):
                return entries[0]
        queue.pass_over(set(streams))
    return None


def settle_done(entry, acknowledgement=lambda: None):
    """Note that the entry was done; say whether it was ours to settle."""
    settled, _followers = settle(is_done(entry, acknowledgement), timezone.now())
    return bool(settled)


def settle_failed(entry, error, now):
    """Note that the entry has failed; say whether it was ours to settle."""
    settled, _followers = settle(has_failed(error, entry), now)
    return bool(settled)
