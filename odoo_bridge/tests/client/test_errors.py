import math
import pickle

import pytest

from odoo_bridge.client.errors import (
    NotOurOdoo,
    OdooBroken,
    OdooError,
    OdooForbidden,
    OdooMissing,
    OdooOverloaded,
    OdooRejected,
    OdooUnauthorized,
    OdooUnavailable,
    OdooUnsupported,
    OutcomeUnknown,
    WhoActs,
)
from odoo_bridge.client.kinds import Kind


@pytest.mark.parametrize(
    ("error", "attempts", "who"),
    [
        (OdooUnavailable, math.inf, WhoActs.NOBODY),
        (OdooUnauthorized, math.inf, WhoActs.ADMINISTRATOR),
        (NotOurOdoo, math.inf, WhoActs.ADMINISTRATOR),
        (OdooOverloaded, math.inf, WhoActs.NOBODY),
        (OutcomeUnknown, math.inf, WhoActs.NOBODY),
        (OdooRejected, 1, WhoActs.OFFICE),
        (OdooMissing, 1, WhoActs.OFFICE),
        (OdooForbidden, 1, WhoActs.ADMINISTRATOR),
        (OdooUnsupported, 1, WhoActs.ADMINISTRATOR),
        (OdooBroken, 8, WhoActs.DEVELOPER),
    ],
)
def test_the_type_says_how_often_to_try_and_who_must_act(error, attempts, who):
    assert (error.max_attempts, error.who_acts) == (attempts, who)


def test_a_refused_key_holds_everything_like_an_outage_and_a_lost_race_does_not():
    assert issubclass(OdooUnauthorized, OdooUnavailable)
    assert not issubclass(OdooOverloaded, OdooUnavailable)


def test_text_for_logs_names_the_call_and_the_cause_but_no_values():
    error = OdooRejected(
        "Phone '+1 555 0100' is taken.", "crm.lead.write", "odoo.exceptions.UserError", 422
    )

    assert str(error) == "crm.lead.write (odoo.exceptions.UserError, HTTP 422)"
    assert repr(error) == f"<OdooRejected: {error}>"
    assert error.reason == "Phone '+1 555 0100' is taken."


def test_text_for_logs_without_particulars_is_the_type():
    assert str(OdooBroken("No.")) == "Odoo (OdooBroken)"


def test_the_reason_holds_no_traceback_and_no_essay():
    assert OdooBroken("Bad.\nTraceback (most recent call last):\n  …").reason == "Bad."
    assert len(OdooBroken("a" * 10_000).reason) == 2000


def test_an_error_crosses_the_border_between_processes():
    error = pickle.loads(  # noqa: S301 - our own bytes
        pickle.dumps(OutcomeUnknown("Lost.", "crm.lead.load", "ReadTimeout", None))
    )

    assert isinstance(error, OdooError)
    assert (error.reason, error.call, error.cause) == ("Lost.", "crm.lead.load", "ReadTimeout")


@pytest.mark.parametrize(
    ("kind", "needs_ids", "writes"),
    [
        (Kind.READ, False, False),
        (Kind.READ_RECORDS, True, False),
        (Kind.WRITE, False, True),
        (Kind.WRITE_RECORDS, True, True),
    ],
)
def test_kinds_know_what_they_need_and_whether_they_change_anything(kind, needs_ids, writes):
    assert (kind.needs_ids, kind.writes) == (needs_ids, writes)
    assert type(kind.no_answer("Lost.")) is (OutcomeUnknown if writes else OdooUnavailable)
