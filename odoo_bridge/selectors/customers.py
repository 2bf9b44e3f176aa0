"""Which customers are known under a number or a mail address."""

from collections.abc import Collection

from django.db.models import Q

from odoo_bridge.models import Partner
from odoo_bridge.models.partner import END_OF_PHONE, PHONE_END
from portal.core.phone import to_e164
from portal.setup.selectors.profile import business_profile


def customers_with(*, phones: Collection[str] = (), email: str = "") -> list[Partner]:
    """Return the living customers who have one of these numbers or this mail address, oldest first.

    Odoo keeps numbers as somebody wrote them; without a country they are read as the business's.

    :param phones: E.164.
    """
    country = business_profile().country
    same_mail = Q(email__iexact=email) if email else Q(pk=None)
    ends_alike = Q(end_of_phone__in=[phone[-PHONE_END:] for phone in phones])
    found = (
        Partner.objects.select_related("state", "parent")
        .alias(end_of_phone=END_OF_PHONE)
        .filter(same_mail | ends_alike, deleted_at=None, active=True)
        .order_by("pk")
    )
    return [
        one
        for one in found
        if (email and one.email.lower() == email.lower())
        or to_e164(one.phone, country=country) in phones
    ]
