"""Where the reader of a text may be: by the address of the delivery, by the number, or both.

Area codes are those of the North American Numbering Plan (nationalnanpa.com): of the states whose
hours differ from the federal ones, and of the areas that a line between two clocks goes through.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from phonenumbers import NumberParseException, parse
from phonenumbers.timezone import time_zones_for_number

MOST_ZONES = 4  # a toll-free number has those of a continent: it says nothing
UNKNOWN = "Etc/Unknown"

AREA_CODES: Mapping[str, str] = {
    "CT": "203 475 860 959",
    "FL": "239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941"
    " 954",
    "MD": "227 240 301 410 443 667",
    "MS": "228 471 601 662 769",
    "NJ": "201 551 609 640 732 848 856 862 908 973",
    "OK": "405 539 572 580 918",
    "RI": "401",
    "TX": "210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903"
    " 915 936 940 945 956 972 979",
    "WA": "206 253 360 425 509 564",
}
STATE_OF = {code: state for state, codes in AREA_CODES.items() for code in codes.split()}

EASTERN, CENTRAL = "America/New_York", "America/Chicago"
MOUNTAIN, PACIFIC = "America/Denver", "America/Los_Angeles"
# A state with two clocks has both: they are not told apart by the state alone.
CLOCKS = (
    ("CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV", (EASTERN,)),
    ("AL AR IA IL LA MN MO MS OK WI", (CENTRAL,)),
    ("CO MT NM UT WY", (MOUNTAIN,)),
    ("CA NV WA", (PACIFIC,)),
    ("FL IN KY MI TN", (EASTERN, CENTRAL)),
    ("KS ND NE SD TX", (CENTRAL, MOUNTAIN)),
    ("ID OR", (MOUNTAIN, PACIFIC)),
    ("AZ", ("America/Phoenix", MOUNTAIN)),
    ("AK", ("America/Anchorage", "America/Adak")),
    ("HI", ("Pacific/Honolulu",)),
    ("PR", ("America/Puerto_Rico",)),
)
TWO_CLOCKS = (
    ("219 270 364 423 574 606 812 850 906 930 931", (EASTERN, CENTRAL)),
    ("308 432 605 620 701 785", (CENTRAL, MOUNTAIN)),
    ("208 458 541 986", (MOUNTAIN, PACIFIC)),
    ("928", ("America/Phoenix", MOUNTAIN)),
    ("907", ("America/Anchorage", "America/Adak")),
)
ZONES = {state: zones for states, zones in CLOCKS for state in states.split()}
ZONES_OF_AREA = {code: zones for codes, zones in TWO_CLOCKS for code in codes.split()}


@dataclass(frozen=True)
class Reader:
    """The clocks on which it must be a good time, and the states whose rules may hold."""

    zones: tuple[ZoneInfo, ...]
    states: frozenset[str] = frozenset()


def reader_of(*, number: str, state: str, business: ZoneInfo) -> Reader:
    """Return where the reader may be.

    :param number: E.164.
    :param state: of the address, as two letters; empty where none is known.
    :param business: the clock where neither says anything.
    """
    names = {*ZONES.get(state, ()), *zones_of_number(number)}
    zones = tuple(ZoneInfo(name) for name in sorted(names)) or (business,)
    return Reader(zones, frozenset(filter(None, (state, STATE_OF.get(area_of(number))))))


def zones_of_number(number: str) -> tuple[str, ...]:
    """Return the zones of a number's area; none where it says nothing."""
    try:
        found = time_zones_for_number(parse(number))
    except NumberParseException:
        return ()
    if UNKNOWN in found or len(found) > MOST_ZONES:
        return ()
    return tuple({*found, *ZONES_OF_AREA.get(area_of(number), ())})


def area_of(number: str) -> str:
    """Return a North American number's area code; an empty text for any other."""
    return number[2:5] if number.startswith("+1") else ""
