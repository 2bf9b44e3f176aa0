"""Texts that are not sent, only noted."""

import datetime as dt
import uuid

import structlog

from crm_intake.sender import Sender, WhileSending

log = structlog.get_logger(__name__)


def send(number: str, text: str, while_sending: WhileSending) -> str:
    """Note in the log that a text would have been sent, without its words and its number."""
    provider_id = f"console-{uuid.uuid4()}"
    with while_sending():
        log.info("text_not_really_sent", to=number, letters=len(text), provider_id=provider_id)
    return provider_id


def find(_number: str, _text: str, _since: dt.datetime) -> list[str]:
    """Nothing was sent."""
    return []


SENDER = Sender(name="console", label="No provider: texts are only noted", send=send, find=find)
