"""Mails that were written to files instead of being sent (``EMAIL_URL=filemail:///folder``)."""

import email
import email.policy
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

MOST = 50


@dataclass(frozen=True)
class KeptMail:
    """One mail as its reader would see it."""

    to: str
    subject: str
    date: str
    text: str


def kept_mails() -> list[KeptMail]:
    """Return the newest mails first, at most fifty."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [mail for file in files[:MOST] for mail in _mails_in(file)]


def _mails_in(file: Path) -> list[KeptMail]:
    """Read the mails of one file: Django parts them with a line of dashes."""
    texts = file.read_text(encoding="utf-8").split("\n" + "-" * 79 + "\n")
    return [_read(text) for text in reversed(texts) if text.strip()]


def _read(text: str) -> KeptMail:
    message = email.message_from_bytes(text.lstrip().encode(), policy=email.policy.default)
    body = message.get_body(preferencelist=("plain",))
    return KeptMail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        date=str(message["Date"]),
        text=body.get_content() if body else "",
    )
