"""Words for texts that go out."""

import datetime as dt

from crm_intake.ledger.kinds import Purpose
from crm_intake.services.send_text import send_text

ANN = "+16065550123"
NOON = dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)


def send(number="(606) 555-0123", text="On our way.", purpose=Purpose.DELIVERY):
    return send_text(number=number, text=text, purpose=purpose, by=None)


def fresh(text):
    text.refresh_from_db()
    return text


def minutes(number):
    return dt.timedelta(minutes=number)
