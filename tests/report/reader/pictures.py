"""A chart as somebody sees it: of each row its name, its marks and the bands around them, read off the drawing.

Nothing of the code that draws is known here: values follow from the thin lines at each step of the scale, rows
from their names on the left, a band is a translucent line, a frame a box with round corners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from tests.report.reader.names import NUMBER, number, tidy

_PATH = re.compile(r'<path d="([^"]*)"([^>]*)/>')
_USE = re.compile(r'<use [^>]*x="([-0-9.]+)" y="([-0-9.]+)"([^>]*)/>')
_GROUP = re.compile(r'<g id="text_\d+">(.*?)</g>')
_TEXT = re.compile(r"<text([^>]*)>([^<]*)</text>")
_PLACE = re.compile(r'(?:translate\(| x=")([-0-9.]+)(?: |" y=")([-0-9.]+)')
_POINT = re.compile(r"[ML] ([-0-9.]+) ([-0-9.]+)")


@dataclass(frozen=True)
class Mark:
    """A mean as it is drawn, in values of the scale; ``low`` and ``high`` are the band's, if it has one."""

    colour: str
    at: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Line:
    """One row: its marks from the top down, the numbers that stand in it, and a frame around one of them.

    ``frame`` is empty, ``open`` or ``filled``.
    """

    name: str
    marks: tuple[Mark, ...]
    numbers: tuple[float, ...]
    frame: str

    def mark(self, colour: str) -> Mark | None:
        """The one mark of a colour."""
        return next((m for m in self.marks if m.colour == colour), None)


def apart(one: Mark, other: Mark) -> float:
    """How far two bands lie apart; below zero where they overlap."""
    assert one.low is not None and one.high is not None and other.low is not None
    assert other.high is not None, "a band is missing"
    return max(one.low, other.low) - min(one.high, other.high)


def lines(svg: str, low: int) -> tuple[Line, ...]:
    """The rows of a chart whose scale begins at ``low``, from the top down."""
    svg = " ".join(svg.split())
    paths = [
        ([(float(x), float(y)) for x, y in _POINT.findall(d)], d, rest)
        for d, rest in _PATH.findall(svg)
    ]
    steps = sorted({p[0][0] for p, _, rest in paths if _upright(p) and "stroke-width: 0.6" in rest})
    one = (steps[-1] - steps[0]) / (len(steps) - 1)
    value = lambda x: low + (x - steps[0]) / one  # noqa: E731
    upright = next(p for p, *_ in paths if _upright(p) and p[0][0] == steps[0])
    top, bottom = sorted(y for _, y in upright)
    texts = list(_texts(svg))
    names = [(y, text) for x, y, text in texts if x < 1 and y > top]
    tall = (bottom - top) / len(names)
    rows = []
    for i, (_, name) in enumerate(sorted(names)):
        inside = lambda y, i=i: top + i * tall <= y < top + (i + 1) * tall  # noqa: E731
        bands = [
            (_colour(rest), p[0][1], value(p[0][0]), value(p[1][0]))
            for p, _, rest in paths
            if "stroke-opacity" in rest and len(p) == 2 and inside(p[0][1])
        ]
        marks = []
        for x, y, rest in sorted(_USE.findall(svg), key=lambda use: float(use[1])):
            if not inside(float(y)) or not steps[0] - one < float(x) < steps[-1] + one:
                continue
            colour, at = _colour(rest), value(float(x))
            if not colour:
                continue  # a sign on a mark
            mine = [b for b in bands if b[0] == colour and b[2] - 1e-6 <= at <= b[3] + 1e-6]
            band = min(mine, key=lambda b: abs(b[1] - float(y)), default=None)
            if not any(m.colour == colour and abs(m.at - at) < 1e-9 for m in marks):
                marks.append(Mark(colour, at, band[2] if band else None, band[3] if band else None))
        printed = [
            number(text)
            for x, y, text in texts
            if x > 1 and inside(y) and re.fullmatch(rf"[+−]?{NUMBER}", text)
        ]
        boxes = [
            rest for p, d, rest in paths if " Q " in d and inside(sum(y for _, y in p) / len(p))
        ]
        dark = any("fill: #ffffff" not in rest for rest in boxes)
        frame = ("filled" if dark else "open") if boxes else ""
        rows.append(Line(name, tuple(marks), tuple(printed), frame))
    return tuple(rows)


def _upright(points: list[tuple[float, float]]) -> bool:
    return len(points) == 2 and points[0][0] == points[1][0] and points[0][1] != points[1][1]


def _colour(rest: str) -> str:
    """What a mark or line is drawn in: its filling, or its edge where that is white or none."""
    fill = re.search(r"fill: (#\w+)", rest)
    stroke = re.search(r"stroke: (#\w+)", rest)
    if fill and fill[1] != "#ffffff":
        return fill[1]
    return stroke[1] if stroke else ""


def _texts(svg: str) -> Iterator[tuple[float, float, str]]:
    """Place and text of each label; one of several lines stands where their middle is."""
    for group in _GROUP.findall(svg):
        found = [(_PLACE.search(rest), text) for rest, text in _TEXT.findall(group)]
        places = [(float(m[1]), float(m[2])) for m, _ in found if m]
        if places:
            said = tidy(unescape(" ".join(text for _, text in found)))
            # A line's foot lies a third of its height under its middle.
            yield places[0][0], sum(y for _, y in places) / len(places) - 2.5, said
