"""Telephone numbers that Odoo shall send no texts to."""

from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class NumberCommand(Command):
    """Something about a telephone number, in E.164."""

    number: str

    @property
    def stream(self) -> str:
        """Each number is a stream of its own, by a digest: keys come into logs and addresses.

        With our key, since there are few enough numbers to try them all.
        """
        digest = salted_hmac("odoo_bridge.number", self.number, algorithm="sha256").hexdigest()
        return f"number:{digest[:32]}"


@dataclass(frozen=True, kw_only=True)
class BlockNumber(NumberCommand):
    """Let Odoo send no texts to the number."""

    label = _("A number that gets no texts")


@dataclass(frozen=True, kw_only=True)
class UnblockNumber(NumberCommand):
    """Let Odoo send texts to the number again; that it was blocked stays to be seen there."""

    label = _("A number that gets texts again")
