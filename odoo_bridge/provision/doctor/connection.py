"""Whether the portal knows where its Odoo is, and whether somebody is there."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from odoo_bridge.client import OdooUnavailable
from odoo_bridge.client.greeting import Greeting, greet
from odoo_bridge.provision.doctor.finding import Finding, attention, broken, fine
from odoo_bridge.provision.version import OLDEST, major_of
from odoo_bridge.selectors.access import odoo_is_set
from odoo_bridge.selectors.sample import holds_sample_data

SETTINGS, REACHABLE, CLOCK = "Settings", "Odoo answers", "Clocks"
SLOW = 2.0  # seconds
APART = dt.timedelta(seconds=30)
CLEAN = "Connect Odoo with a portal whose database is empty (of a checkout: make clean)."


def settings_finding() -> Finding:
    """Look whether an Odoo is named, and no sample data stands in its way."""
    if odoo_is_set() and holds_sample_data():
        return broken(SETTINGS, "The portal holds sample data, and ODOO_URL names an Odoo.", CLEAN)
    if odoo_is_set():
        where = f"{settings.ODOO_URL}, database {settings.ODOO_DB}"
        own_key = " ODOO_API_KEY wins over the kept key." if settings.ODOO_API_KEY else ""
        return fine(SETTINGS, f"Odoo is {where}.{own_key}")
    if holds_sample_data():
        return attention(SETTINGS, "The portal shows sample data, and works without Odoo.", CLEAN)
    advice = "Whoever runs the portal must set ODOO_URL and ODOO_DB, and run odoo_provision."
    return broken(SETTINGS, "No Odoo is named.", advice)


@dataclass(frozen=True)
class Heard:
    """What Odoo said without a key, and when we asked; or why it said nothing."""

    greeting: Greeting | None
    asked_at: dt.datetime
    reason: str = ""


def hear() -> Heard:
    """Ask Odoo for what it tells anybody."""
    now = timezone.now()
    try:
        return Heard(greet(settings.ODOO_URL), now)
    except (OdooUnavailable, ValueError) as exc:
        return Heard(None, now, getattr(exc, "reason", str(exc)))


def reachable_finding(heard: Heard) -> Finding:
    """Look whether somebody answers, whether it is an Odoo, how old it is, and how quick."""
    greeting = heard.greeting
    if greeting is None:
        advice = "Whoever runs Odoo must start it, or ODOO_URL must be corrected."
        return broken(REACHABLE, heard.reason, advice)
    if not greeting.is_well:
        advice = "Check that ODOO_URL names an Odoo, and that this Odoo has its database."
        return broken(REACHABLE, "Somebody answers, but does not say that Odoo is well.", advice)
    version = f"Odoo {greeting.version}" if greeting.version else "Odoo does not tell its version"
    if greeting.version and major_of(greeting.version) < OLDEST:
        advice = f"Whoever runs Odoo must update it to {OLDEST} or newer."
        return broken(REACHABLE, f"{version} is too old.", advice)
    took = f"{version}; it answered in {greeting.seconds * 1000:.0f} ms."
    if greeting.seconds > SLOW:
        return attention(REACHABLE, took, "Whoever runs Odoo should see what keeps it busy.")
    return fine(REACHABLE, took)


def clock_finding(heard: Heard) -> Finding:
    """Compare the clocks: what is missed and what is late is counted by both."""
    greeting = heard.greeting
    if greeting is None or greeting.at is None:
        advice = "Nobody has to do anything now; run the doctor again when Odoo answers."
        return attention(CLOCK, "Odoo did not say what time it is there.", advice)
    asked = heard.asked_at + dt.timedelta(seconds=greeting.seconds / 2)
    apart = abs(greeting.at + dt.timedelta(seconds=0.5) - asked)  # Odoo cuts the fraction
    says = f"Odoo's clock and the portal's are {apart.total_seconds():.0f} s apart."
    if apart > APART:
        return attention(CLOCK, says, "Whoever runs the hosts must set both by a time server.")
    return fine(CLOCK, says)
