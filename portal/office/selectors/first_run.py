"""What a new installation still lacks, and what to do about it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from crm_intake.selectors.quo import quo_hearing
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
    return [_profile(), _odoo(), _quo(), _mail(), _trucks(), _drivers()]


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


def _quo() -> Step:
    quo = quo_hearing()
    if not quo.is_set:
        advice = "Set QUO_WEBHOOK_KEY, or QUO_SIGNING_SECRET for legacy webhooks."
        return Step("Quo", False, "No texts or calls come in.", advice)
    if quo.alarm:
        state = f"{quo.refused_since} posts in a row were refused: {quo.last_reason}."
        return Step("Quo", False, state, "Compare the signing secret with the one in Quo.")
    if quo.last_heard_at is None:
        return Step("Quo", False, "Not heard from yet.", "Point a webhook at /webhook/quo.")
    return Step("Quo", True, f"Last heard {timezone.localtime(quo.last_heard_at):%d %B %H:%M}.")


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
