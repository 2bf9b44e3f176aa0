"""Who hears of troubles with Odoo."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.accounts.models import Role, User
from portal.setup.models import WhoIsTold


@dataclass(frozen=True)
class Told:
    """Those who were chosen: mail addresses without doubles, and the chat's secret address."""

    addresses: tuple[str, ...]
    chat_url: str


def who_is_told() -> Told:
    """Return the chosen ones that may sign in, and the other addresses; two queries.

    As long as nobody has chosen, the administrators are told.
    """
    chosen = WhoIsTold.objects.first()
    people = User.objects.filter(is_active=True)
    if chosen is None:
        people = people.filter(role=Role.ADMIN)
    else:
        people = people.filter(pk__in=chosen.people.values("pk"))
    mails = [*people.order_by("pk").values_list("email", flat=True)]
    others = chosen.addresses if chosen else []
    return Told(
        addresses=tuple(dict.fromkeys(address.lower() for address in (*mails, *others))),
        chat_url=chosen.chat_url if chosen else "",
    )


@dataclass(frozen=True)
class TellingChoices:
    """What an administrator chooses from, and has chosen; of the chat its host alone."""

    people: list[tuple[User, bool]]
    addresses: list[str]
    chat_host: str


def telling_choices() -> TellingChoices:
    """Return everybody who may sign in, with whether they are told; three queries at most."""
    chosen = WhoIsTold.objects.first()
    people = list(User.objects.filter(is_active=True).order_by("name", "pk"))
    if chosen is None:
        return TellingChoices([(one, one.role == Role.ADMIN) for one in people], [], "")
    told = set(chosen.people.values_list("pk", flat=True))
    return TellingChoices(
        people=[(one, one.pk in told) for one in people],
        addresses=chosen.addresses,
        chat_host=urlsplit(chosen.chat_url).hostname or "",
    )
