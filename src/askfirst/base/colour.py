"""Contrast: what the organisation's colour may be used for, by the formulas of WCAG 2.2 (relative luminance)."""

from dataclasses import dataclass

INK, PAPER = "#16130f", "#fffdf7"
NIGHT = "#17151c"
TEXT_CONTRAST = 4.5


@dataclass(frozen=True)
class Brand:
    """Colours derived from one brand colour, as #rrggbb.

    fill: the colour itself. on_fill: text upon it. text_light, text_dark: the nearest shade that can be read as text
    on the light and on the dark page.
    """

    fill: str
    on_fill: str
    text_light: str
    text_dark: str


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def brand(colour: str) -> Brand:
    """Derive the colours of a page from `colour` (#rrggbb) so that every text on it reaches 4.5 to 1."""
    on_fill = INK if contrast(colour, INK) >= contrast(colour, PAPER) else PAPER
    return Brand(colour, on_fill, _until_readable(colour, PAPER, 0.0), _until_readable(colour, NIGHT, 1.0))


def _until_readable(colour: str, ground: str, towards: float) -> str:
    for step in range(21):
        shade = _mix(colour, towards, step / 20)
        if contrast(shade, ground) >= TEXT_CONTRAST + 0.3:
            return shade
    return shade


def _channels(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))  # type: ignore[return-value]


def _luminance(colour: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(colour: str, towards: float, share: float) -> str:
    return "#" + "".join(f"{round((c + (towards - c) * share) * 255):02x}" for c in _channels(colour))
