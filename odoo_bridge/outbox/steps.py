"""What the steps of all sagas have in common: look, call, look again."""

import uuid
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from django.utils.html import escape, linebreaks

from odoo_bridge.client import OdooRejected
from odoo_bridge.models import Mirror
from odoo_bridge.outbox.sending import Leased, Sending
from odoo_bridge.sync.columns import MirrorSpec

Row = dict[str, Any]
Found = TypeVar("Found")


def make_true(
    look: Callable[[], Found],
    holds: Callable[[Found], bool],
    call: Callable[[Found], Any],
    *,
    step: str,
) -> Found:
    """Make the call unless what it is for holds already; return what was seen when it held.

    A refusal counts only when it does not hold: an earlier try, or a person, may have been faster.

    :raises OdooRejected: Odoo said no, asked a question back, or did something else.
    """
    seen = look()
    if holds(seen):
        return seen
    try:
        answer = call(seen)
    except OdooRejected:
        seen = look()
        if holds(seen):
            return seen
        raise
    seen = look()
    if not holds(seen):
        raise OdooRejected(what_odoo_said(answer), step)
    return seen


def has(row: Row, values: Row) -> bool:
    """Say whether the row shows these values."""
    return all(row[name] == value for name, value in values.items())


def what_odoo_said(answer: Any) -> str:
    """Put into a sentence why a call that was not refused did not do what it is for.

    Odoo answers with a window where it wants to ask its user something first.
    """
    if isinstance(answer, dict) and answer.get("res_model"):
        asked = " ".join(filter(None, [answer.get("name"), f"({answer['res_model']})"]))
        return f"Odoo asks a question that a person must answer there: {asked}"
    return "Odoo said yes, and did not do it."


def rows_of(
    odoo: Leased, spec: MirrorSpec, ids: Sequence[int], *, also: Collection[str] = ()
) -> list[Row]:
    """Read records as their mirror wants them, by rising id; what is gone is missing.

    ``also``: fields of Odoo that the mirror does not show.
    """
    if not ids:
        return []
    rows: list[Row] = odoo.read(
        spec.odoo_model,
        "search_read",
        domain=[["id", "in", list(ids)]],
        fields=[*spec.odoo_fields, *sorted({*also} - {*spec.odoo_fields})],
        order="id",
        load=None,
    )
    return rows


def row_of(
    odoo: Leased, spec: MirrorSpec, odoo_id: int, *, called: str, also: Collection[str] = ()
) -> Row:
    """Read one record as its mirror wants it.

    :raises OdooRejected: it is gone; ``called`` is what the office knows it as.
    """
    rows = rows_of(odoo, spec, [odoo_id], also=also)
    if not rows:
        raise OdooRejected(f"{called} was deleted in Odoo.", f"{spec.odoo_model}.search_read")
    return rows[0]


def made(mirror: type[Mirror], key: uuid.UUID, *, called: str, step: str) -> int:
    """Return the id in Odoo of a record that may be born here; ``called`` as for ``row_of``.

    :raises OdooRejected: Odoo never made it.
    """
    records: Any = mirror
    odoo_id: int | None = records.objects.values_list("odoo_id", flat=True).get(uuid=key)
    if odoo_id is None:
        raise OdooRejected(f"{called} was never made in Odoo.", step)
    return odoo_id


def note_on(odoo: Sending, model: str, odoo_id: int, *, key: str, text: str) -> None:
    """Write a note under a record, once for ``key``, an external id. Nobody gets a mail of it.

    A row of ``mail.message``, since ``message_post`` has no key that could keep it from posting
    twice.
    """
    columns = ("model", "res_id", "body", "message_type", "subtype_id/id", "is_internal")
    body = linebreaks(escape(text))
    row = (key, model, odoo_id, body, "notification", "mail.mt_note", True)
    odoo.create("mail.message", columns, row)
