"""The business's colour: whether it can be read, and the shades that go with it.

Contrast is WCAG 2.2's ratio of relative luminances (1 to 21); text needs 4.5 (AA).
"""

from dataclasses import dataclass

from portal.core.errors import UserFacingError

DEFAULT_ACCENT = "#1c6b47"
AA_TEXT = 4.5
WHITE, LIGHT_SURFACE, DARK_SURFACE = "#ffffff", "#f4f6f3", "#181d1a"


class ColourTooFaint(UserFacingError):
    """White text on this colour could not be read."""


@dataclass(frozen=True)
class Shades:
    """The accent and the weak shade behind it, for the light and for the dark page."""

    light: str
    light_weak: str
    dark: str
    dark_weak: str


DESIGNED = Shades(light=DEFAULT_ACCENT, light_weak="#e1f0e7", dark="#5cc491", dark_weak="#173325")


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two ``#rrggbb`` colours."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def shades_of(accent: str) -> Shades:
    """Return the shades that go with an accent.

    :raises ColourTooFaint: white text on it, or it as text on the page, fails AA.
    """
    if accent == DEFAULT_ACCENT:
        return DESIGNED
    weak = _mix(accent, WHITE, 0.87)
    worst = min(contrast(accent, ground) for ground in (WHITE, LIGHT_SURFACE, weak))
    if worst < AA_TEXT:
        raise ColourTooFaint(
            f"Text in this colour has a contrast of {worst:.1f} to 1 and needs {AA_TEXT} to 1. "
            "Choose a darker colour."
        )
    dark_weak = _mix(accent, DARK_SURFACE, 0.65)
    dark = next(
        shade
        for step in range(0, 101, 5)
        if contrast(shade := _mix(accent, WHITE, step / 100), dark_weak) >= AA_TEXT + 1
    )
    return Shades(light=accent, light_weak=weak, dark=dark, dark_weak=dark_weak)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mix(colour: str, other: str, share: float) -> str:
    """Return ``colour`` with this share of ``other`` in it."""
    mixed = (
        round(one * (1 - share) + two * share)
        for one, two in zip(_channels(colour), _channels(other), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)
