"""What waits to be sent to Odoo, and whether the workers find it answering."""

import datetime as dt

from odoo_bridge.models import Breaker
from odoo_bridge.provision.doctor.finding import Finding, attention, broken, fine
from odoo_bridge.selectors.outbox import outbox_figures
from odoo_bridge.selectors.state import odoo_state

OUTBOX, BREAKER = "Outbox", "Workers and Odoo"
LONG = dt.timedelta(minutes=10)
DESK = "The office must look at it on /sync/."


def outbox_finding(now: dt.datetime) -> Finding:
    """Look at what was promised to Odoo and is not done."""
    figures = outbox_figures()
    if not (figures.waiting or figures.for_a_person):
        return fine(OUTBOX, "Nothing waits.")
    since = (
        f", the oldest since {figures.oldest_at:%Y-%m-%d %H:%M} UTC" if figures.oldest_at else ""
    )
    says = (
        f"{figures.waiting} wait{since}; of {figures.unknown} the answer was lost; "
        f"{figures.for_a_person} need a person."
    )
    if figures.for_a_person:
        return attention(OUTBOX, says, DESK)
    if figures.oldest_at and now - figures.oldest_at > LONG:
        return attention(OUTBOX, says, "Check that Odoo answers, and that an outbox worker runs.")
    return fine(OUTBOX, says)


def breaker_finding() -> Finding:
    """Say what the workers last saw of Odoo."""
    state, held = odoo_state(), Breaker.objects.filter(held_at__isnull=False).first()
    if state is None or not state.has_key:
        return attention(BREAKER, "The workers ask no Odoo.", "Run manage.py odoo_provision.")
    if held is not None:
        says = f"Odoo has gone back in time, and nothing is written since {held.held_at:%H:%M} UTC."
        return broken(BREAKER, says, DESK)
    if state.unreachable_since:
        advice = "They try again at the latest every five minutes, once the cause is mended."
        return broken(BREAKER, state.in_words, advice)
    if not state.reachable:
        return attention(BREAKER, state.in_words, "Check that a worker and the clock run.")
    return fine(BREAKER, state.in_words)
