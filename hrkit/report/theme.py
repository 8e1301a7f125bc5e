"""One look: colours, marks and sizes, the same on every page and in every chart.

A perspective has one colour *and* one shape, so that black-and-white print and colour-blind
readers lose nothing.  A client's colours are taken as given where they carry white text and
read on white (WCAG 2.2 AA, contrast 4.5 : 1); otherwise they are darkened until they do, and
the report's maker is told.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass, field

from hrkit.disclosure.released import ALL
from hrkit.model.engagement import Branding
from hrkit.model.perspectives import People

__all__ = ["MarkStyle", "Theme", "contrast", "diverging", "ground", "theme"]

PRIMARY, ACCENT = "#0b5d7a", "#b35c00"
INK, MUTE, RULE = "#1d2733", "#56616d", "#d9dee4"
AA = 4.5
#: How many times as light one end of a scale is as the other: they differ in print without colour too.
APART = 2.0
#: Contrast of a number on the ground of its cell, and how much of a colour the palest ground has.
_READ, _PALE = 4.6, 0.04
#: Colours of marks that an instrument names and the client's brand does not set.
_COLOURS = {"ink": INK, "mute": MUTE, "violet": "#6a4c93", "green": "#3d7a3d"}
#: Shapes by name, as matplotlib calls them.
_SHAPES = {
    "circle": "o",
    "diamond": "D",
    "square": "s",
    "triangle": "^",
    "triangle-down": "v",
    "hexagon": "h",
    "pentagon": "p",
    "star": "*",
    "plus": "P",
    "cross": "X",
}


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How a group is drawn: colour, matplotlib marker, and the name of that shape."""

    colour: str
    shape: str
    name: str = "circle"


@dataclass(frozen=True)
class Theme:
    """Colours and marks of one report; ``messages`` say what was corrected."""

    primary: str
    accent: str
    ink: str = INK
    mute: str = MUTE
    rule: str = RULE
    messages: tuple[str, ...] = ()
    marks: Mapping[str, MarkStyle] = field(default_factory=dict)

    def mark(self, group: str) -> MarkStyle:
        """The mark of a group; a quiet one for groups the kit does not know."""
        return self.marks.get(group, MarkStyle(self.mute, "P", "plus"))


def _rgb(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


def _luminance(colour: str) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1–21.

    Source: WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _readable(colour: str) -> str:
    """The colour, darkened in small steps until white text reads on it."""
    hue, light, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    while contrast(colour, "#ffffff") < AA and light > 0:
        light = max(0.0, light - 0.01)
        rgb = colorsys.hls_to_rgb(hue, light, saturation)
        colour = "#" + "".join(f"{round(c * 255):02x}" for c in rgb)
    return colour


def tint(colour: str, share: float) -> str:
    """A colour mixed with white; ``share`` 1 is the colour itself, 0 is white."""
    mixed = (1 - share * (1 - c) for c in _rgb(colour))
    return "#" + "".join(f"{round(c * 255):02x}" for c in mixed)


def diverging(theme: Theme, count: int) -> list[tuple[str, str]]:
    """Fill and text colour of a scale's steps, from its low end (accent) over grey to its high end.

    The middle is lightest.  The two ends are told apart without colour too: the lighter of the two
    is mixed with white until it is `APART` times as light as the other.  Text reads on every fill.
    """
    dark, light = sorted((theme.accent, theme.primary), key=_luminance)
    share = 1.0
    while share > 0.4 and contrast(tint(light, share), dark) < APART:
        share -= 0.02
    half = count // 2
    shares = {dark: 1.0, light: share}

    def end(colour: str) -> list[tuple[str, str]]:
        return [
            _with_text(colour, shares[colour] * (1 - 0.5 * i / max(1, half - 1)), theme.ink)
            for i in range(half)
        ]

    middle = [("#e3e7eb", theme.ink)] if count % 2 else []
    return [*end(theme.accent), *middle, *reversed(end(theme.primary))]


def ground(theme: Theme, way: float) -> str:
    """A cell's ground in a heat map: accent at -1, pale at 0, primary at 1; ink reads on all of them.

    One end is `APART` times as light as the other, so that grey tells them apart too: the high one,
    unless the client's accent is much lighter than the primary colour.
    """
    low, high = _deepest(theme.accent, theme.ink), _deepest(theme.primary, theme.ink)
    first, second = (
        contrast(tint(c, s), theme.ink) for c, s in ((theme.accent, low), (theme.primary, high))
    )
    if first <= 1.25 * second:
        high = _apart(theme.primary, high, tint(theme.accent, low))
    else:
        low = _apart(theme.accent, low, tint(theme.primary, high))
    colour, deep = (theme.primary, high) if way > 0 else (theme.accent, low)
    return tint(colour, _PALE + (deep - _PALE) * min(1.0, abs(way)))


def _deepest(colour: str, ink: str) -> float:
    """The largest share of a colour on which ink can still be read."""
    return next(s / 100 for s in range(96, 0, -2) if contrast(tint(colour, s / 100), ink) >= _READ)


def _apart(colour: str, share: float, other: str) -> float:
    """The largest share up to this one that is `APART` times as light as the other colour."""
    while share > 0.1 and contrast(tint(colour, share), other) < APART:
        share -= 0.02
    return share


def _with_text(colour: str, share: float, ink: str) -> tuple[str, str]:
    """A fill with the text that reads on it; lighter where neither white nor ink does."""
    while True:
        fill = tint(colour, share)
        for text in ("#ffffff", ink):
            if contrast(fill, text) >= AA:
                return fill, text
        share -= 0.02


def theme(branding: Branding, people: People | None = None) -> Theme:
    """The theme of an engagement's branding and its instrument's marks, with contrast corrected."""
    given = {"primary": branding.primary or PRIMARY, "accent": branding.accent or ACCENT}
    used = {name: _readable(colour.lower()) for name, colour in given.items()}
    messages = tuple(
        f"branding.{name}: {given[name]} is too light to read on white "
        f"({contrast(given[name], '#ffffff'):.1f} : 1); {colour} is used instead"
        for name, colour in used.items()
        if colour != given[name].lower()
    )
    colours = {**_COLOURS, **used}
    marks = {
        id: MarkStyle(
            colours.get(mark.colour) or _readable(mark.colour.lower()),
            _SHAPES[mark.shape],
            mark.shape,
        )
        for id, mark in (people or People()).marks.items()
    }
    return Theme(
        primary=used["primary"],
        accent=used["accent"],
        messages=messages,
        marks={ALL: MarkStyle(INK, "*", "star"), **marks},
    )
