"""What a new installation still lacks, and what to do about it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from crm_intake.selectors.hearing import Hearing, hearing_of
from crm_intake.sources import SOURCES
from odoo_bridge.selectors.state import odoo_state
from portal.accounts.models import Role, User
from portal.setup.selectors.profile import UNNAMED, business_profile
from scheduling.models import Truck

NOT_SENDING = {
    "django.core.mail.backends.console.EmailBackend": "Mail is only written to the log.",
    "django.core.mail.backends.filebased.EmailBackend": "Mail is kept on this machine, at /mail/.",
}


@dataclass(frozen=True)
class Step:
    """One thing to connect: what is so now, and what to do next."""

    name: str
    done: bool
    state: str
    advice: str = ""


def first_run_steps() -> list[Step]:
    """Return all steps, done or not, in the order in which they are best taken."""
    return [_profile(), _odoo(), *_sources(), _mail(), _trucks(), _drivers()]


def steps_left() -> list[Step]:
    """Return the steps that are still to be taken."""
    return [step for step in first_run_steps() if not step.done]


def _profile() -> Step:
    profile = business_profile()
    if profile.name == UNNAMED:
        return Step(
            "Business",
            False,
            "It still has the name that it came with.",
            "Fill in the business in Set-up.",
        )
    if not profile.phones:
        return Step("Business", False, "No phone number is known.", "Add it in Set-up.")
    return Step("Business", True, profile.name)


def _odoo() -> Step:
    state = odoo_state()
    if state is None:
        return Step("Odoo", False, "No Odoo is set.", "Set ODOO_URL and ODOO_DB.")
    if not state.has_key:
        return Step("Odoo", False, "The portal has no key yet.", "Run manage.py odoo_provision.")
    return Step("Odoo", state.reachable, state.in_words)


def _sources() -> list[Step]:
    """Return a step for each source that is set up, and for Quo in any case."""
    shown = [source for source in SOURCES.values() if source.is_set() or source.name == "quo"]
    return [_source(hearing_of(source)) for source in shown]


def _source(hearing: Hearing) -> Step:
    source = hearing.source
    if not hearing.is_set:
        return Step(source.label, False, "No texts or calls come in.", source.advice)
    if hearing.alarm:
        state = f"{hearing.refused_since} posts in a row were refused: {hearing.last_reason}."
        advice = f"Compare the signing secret with the one in {source.label}."
        return Step(source.label, False, state, advice)
    if hearing.last_heard_at is None:
        door = "/".join(filter(None, (source.name, source.doors[0])))
        return Step(source.label, False, "Not heard from yet.", f"Let it post to /webhook/{door}.")
    heard = timezone.localtime(hearing.last_heard_at)
    return Step(source.label, True, f"Last heard {heard:%d %B %H:%M}.")


def _mail() -> Step:
    state = NOT_SENDING.get(settings.EMAIL_BACKEND)
    if state is None:
        return Step("Mail", True, f"Sent from {settings.DEFAULT_FROM_EMAIL}.")
    return Step("Mail", False, state, "Set EMAIL_URL to your mail server.")


def _trucks() -> Step:
    trucks = Truck.objects.filter(is_active=True)
    if not trucks:
        advice = "Add the vehicles to Odoo's fleet, with what their category carries."
        return Step("Trucks", False, "No truck is known.", advice)
    if all(truck.most_weight == truck.most_volume == 0 for truck in trucks):
        advice = "Give the categories of Odoo's fleet their weight and volume capacity."
        return Step("Trucks", False, "Nobody knows what a truck carries.", advice)
    return Step("Trucks", True, f"{len(trucks)} follow Odoo's fleet.")


def _drivers() -> Step:
    people = User.objects.filter(role=Role.DRIVER, is_active=True)
    employees = list(people.values_list("odoo_employee_id", flat=True))
    linked = sum(number is not None for number in employees)
    if not employees:
        return Step("Drivers", False, "Nobody can drive yet.", "Invite the drivers in Set-up.")
    if linked < len(employees):
        advice = "Give each driver the number of their employee in Odoo, in Set-up."
        return Step("Drivers", False, f"{linked} of {len(employees)} are known in Odoo.", advice)
    return Step("Drivers", True, f"{linked} can sign in.")
