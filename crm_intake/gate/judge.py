"""The gate: allow, hold until, or refuse, by the strictest rule that holds.

An answer to somebody who has just written is a talk; what comes later, or unasked, keeps hours.
Hours and numbers of texts: ``docs/consent.md`` names the sources. Ask counsel.
"""

import datetime as dt

from crm_intake.gate.decision import ALLOWED, Decision, Verdict
from crm_intake.gate.facts import Facts, Line
from crm_intake.hours.quiet import first_allowed
from crm_intake.hours.rules import Sort
from crm_intake.ledger.kinds import Purpose

A_TALK = dt.timedelta(hours=24)
STILL_KNOWN = dt.timedelta(days=90)  # an inquiry counts for three months: 47 CFR 64.1200(f)(5)
SAME_WORDS_WITHIN = dt.timedelta(minutes=10)
A_DAY = dt.timedelta(hours=24)
MOST_A_DAY = 3
MOST_CODES_A_DAY = 5  # who types one wrong asks for another; a stranger may ask, too
LONGEST = 1600  # letters: what Quo and Twilio take at most
TOLD_ONLY_WHO_WANTS_IT = {Purpose.REPLY, Purpose.DELIVERY, Purpose.QUESTION}
LINES = {
    Line.NOT_A_NUMBER: "not_a_number",
    Line.ABROAD: "abroad",
    Line.NO_MOBILE: "no_mobile",
}


def can_send(
    facts: Facts, *, purpose: Purpose, text: str, at: dt.datetime, category: str = ""
) -> Decision:
    """Decide about a text that would leave at a moment."""
    if rule := refused_by(facts, purpose=purpose, text=text, at=at, category=category):
        return Decision(Verdict.REFUSE, rule)
    if is_in_a_talk(facts, purpose, at):
        return ALLOWED
    return held(facts, purpose=purpose, at=at)


def refused_by(facts: Facts, *, purpose: Purpose, text: str, at: dt.datetime, category: str) -> str:
    """Return the rule that refuses it, at this and any later hour; an empty text when none."""
    never = refused_in_any_words(facts, purpose=purpose, at=at, category=category)
    if rule := nothing_to_send(text) or never:
        return rule
    same = [one for one in facts.before if one.text == text and at - one.at < SAME_WORDS_WITHIN]
    if same:
        return "duplicate"
    return "too_many_codes" if purpose is Purpose.CODE and had_all_codes(facts) else ""


def refused_in_any_words(
    facts: Facts, *, purpose: Purpose, at: dt.datetime, category: str = ""
) -> str:
    """Return the rule that refuses all texts of a purpose; an empty text when none.

    It asks for nothing that went before: ``facts.before`` may be empty.
    """
    if rule := nobody_to_read(facts) or facts.standing.refuses(purpose, category):
        return rule
    wants_it = purpose not in TOLD_ONLY_WHO_WANTS_IT or may_be_told(facts, purpose, at, category)
    return "" if wants_it else "no_consent"


def nothing_to_send(text: str) -> str:
    """Return the rule about the words themselves."""
    if not text.strip():
        return "empty"
    return "too_long" if len(text) > LONGEST else ""


def nobody_to_read(facts: Facts) -> str:
    """Return the rule about the number itself."""
    return LINES.get(facts.line, "no_mobile" if facts.is_landline else "")


def may_be_told(facts: Facts, purpose: Purpose, at: dt.datetime, category: str) -> bool:
    """Say whether the reader gave the number for this, by being a customer or by writing first."""
    if purpose is Purpose.QUESTION:
        return Purpose.MARKETING in facts.standing.asked
    wrote = facts.wrote_at is not None and at - facts.wrote_at < STILL_KNOWN
    return wrote or facts.is_customer or facts.standing.allows(purpose, category)


def is_in_a_talk(facts: Facts, purpose: Purpose, at: dt.datetime) -> bool:
    """Say whether it answers somebody who has just written or asked; a notice, a code does."""
    wrote = facts.wrote_at is not None and at - facts.wrote_at < A_TALK
    talks = purpose in {Purpose.REPLY, Purpose.QUESTION} and wrote
    return talks or purpose in {Purpose.NOTICE, Purpose.CODE}


def had_all_codes(facts: Facts) -> bool:
    """Say whether no more may go there today: none is held, it would be too old by then."""
    codes = [one for one in facts.before if one.purpose is Purpose.CODE]
    return len(codes) >= MOST_CODES_A_DAY


def held(facts: Facts, *, purpose: Purpose, at: dt.datetime) -> Decision:
    """Return when it may leave, by what the reader had in a day and by the reader's clocks."""
    sort = Sort.SELLING if purpose is Purpose.MARKETING else Sort.SERVICE
    free_at = enough_after(facts, purpose, at)
    until, hours = first_allowed(free_at, sort=sort, reader=facts.reader)
    if until == at:
        return ALLOWED
    return Decision(Verdict.HOLD, hours or "too_many", until)


def enough_after(facts: Facts, purpose: Purpose, at: dt.datetime) -> dt.datetime:
    """Return when the third text before it is a day old; ``at`` when there were fewer."""
    alike = sorted(one.at for one in facts.before if one.purpose == purpose)
    if len(alike) < MOST_A_DAY:
        return at
    return max(at, alike[-MOST_A_DAY] + A_DAY)
