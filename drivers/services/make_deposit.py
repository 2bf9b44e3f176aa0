"""Money is brought to the bank."""

import uuid
from collections.abc import Collection as Keys
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from drivers.errors import HandInChanged, OddCount
from drivers.models import Deposit, HandIn
from odoo_bridge.selectors.money import sign_of
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.templatetags.figures import money


@dataclass(frozen=True)
class Slip:
    """What the bank says that it took of these hand-ins, in one currency."""

    currency: int
    hand_ins: Keys[uuid.UUID]
    amount: Decimal
    reference: str
    reason: str


@transaction.atomic
def make_deposit(slip: Slip, *, by: User) -> Deposit:
    """Note that these hand-ins are at the bank, all or none.

    :raises HandInChanged: one of them is at the bank, or was taken back; or none was chosen.
    :raises OddCount: the bank took another amount, and nobody says why.
    """
    waiting = HandIn.objects.filter(
        deposit=None, taken_back_at=None, currency_odoo_id=slip.currency, uuid__in=slip.hand_ins
    )
    brought = list(waiting.select_for_update().order_by("pk"))
    if not brought or len(brought) < len(slip.hand_ins):
        raise HandInChanged(
            "Not all of this is still in the office. Look at what is there, and tick it again."
        )
    expected = sum((one.counted for one in brought), Decimal(0))
    if slip.amount != expected and not slip.reason:
        symbol = sign_of(slip.currency)
        raise OddCount(
            f"What is ticked is {money(expected, symbol)}, not {money(slip.amount, symbol)}."
            " Look at the slip again, or say why."
        )
    deposit = Deposit.objects.create(
        made_by=by,
        reference=slip.reference,
        currency_odoo_id=slip.currency,
        expected=expected,
        amount=slip.amount,
        reason=slip.reason,
    )
    HandIn.objects.filter(pk__in=[one.pk for one in brought]).update(deposit=deposit)
    new = {
        "reference": slip.reference,
        "expected": expected,
        "amount": slip.amount,
        "hand_ins": [one.uuid for one in brought],
    }
    record(by=by, what="money deposited", target=deposit, new=new)
    touch("money")
    return deposit
