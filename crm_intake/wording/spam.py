"""Whether a stranger's first text is one of those that are sent to everybody.

Two different signs are wanted, and one of them a strong one: a link or a price is what customers
send, too.
"""

import re

from crm_intake.wording.plain import MOST_CHARACTERS, shown

LINKS = (r"https?://", r"www\.", r"\b[a-z0-9-]+\.(?:com|net|org|info|link)/")
HIDDEN_LINKS = (
    r"\b(?:bit\.ly|tinyurl\.com|t\.co|is\.gd|cutt\.ly|rb\.gy|t\.me|wa\.me)/",
    r"(?<!maps\.app\.)\bgoo\.gl/",
    r"\.(?:top|xyz|vip|click|icu|cyou|buzz)\b",
)
PRIZES = (
    r"you(?:'ve| have)? (?:won|been (?:selected|chosen|approved))",
    r"claim your|prize|lottery|sweepstake",
)
MONEY = (
    r"bitcoin|crypto|\bbtc\b|\busdt\b|forex|passive income",
    r"invest(?:ment|ing)? (?:opportunity|platform)",
    r"pre-?approved|business (?:loan|funding)|working capital|line of credit|cash advance",
)
SERVICES = (
    r"\bseo\b|google listing|website (?:design|redesign)|app development",
    r"rank(?:ing)? (?:on|in) google",
)
MORE_OF_IT = (r"more leads|grow your business|free (?:audit|quote|consultation) for your",)
PARCELS = (
    r"toll (?:balance|payment|violation)|unpaid toll|customs fee",
    r"your (?:package|parcel) (?:is|has|could|cannot)|update your (?:shipping )?address",
)
ACCOUNTS = (
    r"verify your (?:account|identity)|unusual (?:activity|sign-?in)|social security",
    r"account (?:has been|is|was) (?:suspended|locked|limited)",
)
JOBS = (
    r"work from home|part-?time job|remote (?:job|position)|hiring manager",
    r"\$\d+ ?(?:per|/|a) ?(?:day|hour)",
)
ELSEWHERE = (r"whats ?app me|add me on|telegram",)
HOUSES = (r"cash offer|(?:sell|buy) your (?:home|house|property)",)
SENT_TO_ALL = (
    r"donate|paid for by|reply stop|stop ?(?:=|to) ?(?:end|opt)|(?:text|txt) stop",
    r"poll:",
)
HURRY = (
    r"limited time|act (?:now|fast)|expires (?:today|tonight)|last chance|\d+% off",
    r"congratulations",
)
STRONG = (
    *(HIDDEN_LINKS, PRIZES, MONEY, SERVICES, MORE_OF_IT, PARCELS, ACCOUNTS, JOBS, ELSEWHERE),
    *(HOUSES, SENT_TO_ALL),
)
WEAK = (LINKS, HURRY)  # who answers an advertisement writes them, too
STRONG_SIGNS, WEAK_SIGNS = (
    tuple(re.compile("|".join(sign), re.IGNORECASE) for sign in signs) for signs in (STRONG, WEAK)
)
ENOUGH = 2


def looks_like_spam(text: str) -> bool:
    """Say whether so many signs are in it that nobody may have written it to us alone."""
    words = shown(text[:MOST_CHARACTERS])
    strong = sum(bool(sign.search(words)) for sign in STRONG_SIGNS)
    weak = sum(bool(sign.search(words)) for sign in WEAK_SIGNS)
    return bool(strong) and strong + weak >= ENOUGH
