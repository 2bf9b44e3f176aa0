"""What every mirror of an Odoo record has."""

import uuid
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models


class Mirror(models.Model):
    """A record of Odoo as we last saw it, or one born here that Odoo has not acknowledged yet.

    A reference to another mirrored record is a nullable foreign key ``x`` beside ``x_odoo_id``,
    the id as read: the key is filled as soon as its target has arrived.
    Only the bridge writes mirrors; the other apps read them and point at them.
    ``OURS`` names the fields that Odoo does not tell: no reading of Odoo changes them.
    """

    OURS: ClassVar[frozenset[str]] = frozenset()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    odoo_id = models.PositiveBigIntegerField(null=True, unique=True, editable=False)
    remote = models.JSONField(default=dict, help_text="The fields as Odoo gave them.")
    remote_hash = models.CharField(max_length=64, blank=True)
    remote_write_date = models.DateTimeField(null=True, help_text="Whole seconds.")
    seen_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.odoo_id or self.uuid}"

    @property
    def is_forgotten(self) -> bool:
        """Whether Odoo had this record, and was restored from a backup that does not have it."""
        return self.odoo_id is None and self.deleted_at is not None

    @property
    def known_odoo_id(self) -> int:
        """The id in Odoo, of a record that Odoo has made or acknowledged.

        :raises LookupError: it was born here, and Odoo does not know it yet.
        """
        if self.odoo_id is None:
            raise LookupError(f"{self} is not known to Odoo yet")
        return self.odoo_id


BOOKKEEPING = ("remote", "remote_hash", "remote_write_date", "seen_at")


def bookkeeping(*paths: str) -> list[str]:
    """Return the columns of mirrors that only the bridge reads, for ``defer``.

    :param paths: the ways to the mirrors from the rows that are asked for; ``""`` for themselves.
    """
    return [f"{path}__{name}" if path else name for path in paths for name in BOOKKEEPING]


class Reference(models.ForeignKey[Any, Any]):
    """A nullable key to another mirror, beside the id as read."""

    def __init__(self, to: Any, on_delete: Any = models.SET_NULL, **options: Any) -> None:
        options = {"null": True, "related_name": "+", **options}
        super().__init__(to, on_delete, **options)


def odoo_id_field() -> "models.PositiveBigIntegerField[int | None, int | None]":
    """Return the column for the id of a reference as read; ``None`` when Odoo has none."""
    return models.PositiveBigIntegerField(null=True, db_index=True)


def text_field(length: int = 255) -> "models.CharField[str, str]":
    """Return a column for a text of Odoo, which knows no limit: the mapping cuts it."""
    return models.CharField(max_length=length, blank=True)


def amount_field() -> "models.DecimalField[Decimal, Decimal]":
    """Return a column for money, in the currency of its row."""
    return models.DecimalField(max_digits=12, decimal_places=2, default=0)


def quantity_field() -> "models.DecimalField[Decimal, Decimal]":
    """Return a column for a quantity in the unit of its product."""
    return models.DecimalField(max_digits=16, decimal_places=4, default=0)


def degrees_field() -> "models.DecimalField[Decimal, Decimal]":
    """Return a column for a latitude or a longitude in degrees; Odoo's 0 stands for unknown."""
    return models.DecimalField(max_digits=10, decimal_places=7, default=0, db_default=0)
