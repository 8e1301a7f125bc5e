"""Shares of answers by choice: a bar a group, its parts in the order of the scale, keyed above.

What is told apart on the page is told apart in colour *and* in order, and a part that is wide
enough carries its number, so that black-and-white print loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

from hrkit.blocks import Figure
from hrkit.blocks.plots import PATTERNS, Pattern, Plot, PlotSeries
from hrkit.disclosure.released import Share, Why
from hrkit.model.language import Words
from hrkit.report.charts.base import TEXT_WIDTH, canvas, svg, width_of, wrap
from hrkit.report.theme import Theme, contrast, tint

__all__ = ["Bar", "Category", "bars", "height_of"]

#: Height of a bar with its room, between two rows, and of a line of the key, in inches.
_BAR, _ROOM, _LINE = 0.175, 0.11, 0.17
_LABELS, _GROUPS = 1.95, 0.95
_SIZE = 7.2
#: Fills of what is no answer of its own.
_SILENT, _JOINT = ("#e3e7eb", "#b9c2ca"), "#ffffff"
#: Answers without an order: a dark and a light shade of each colour, and what is drawn on both, since
#: in grey every colour's two look like the first's.
_HATCHES: Mapping[Pattern, str] = {"": "", "slant": "\\\\\\\\", "upright": "||||", "level": "----"}


@dataclass(frozen=True, slots=True)
class _Look:
    """How an answer is drawn."""

    fill: str
    pattern: Pattern = ""


@dataclass(frozen=True, slots=True)
class Category:
    """An answer as the key names it; ``silent`` is "don't know" or "not relevant"."""

    value: str
    label: str
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the chart: what was asked, and the shares of each group with its name."""

    name: str
    shares: tuple[tuple[str, Share], ...]


def height_of(row: Bar) -> float:
    """Inches that a row takes."""
    return (
        max(_BAR * len(row.shares), 0.135 * wrap(row.name, _LABELS - 0.22, 8, 6).count("\n") + 0.14)
        + _ROOM
    )


def bars(
    theme: Theme,
    words: Words,
    rows: Sequence[Bar],
    categories: Sequence[Category],
    *,
    together: str,
    ordered: bool = False,
    named: bool = True,
    title: str = "",
) -> Figure:
    """A chart of stacked bars.

    Parameters
    ----------
    rows
        What is shown; a group that was not asked is left out of a row.
    categories
        Answers in the order of the scale, "don't know" last.
    together
        What the key calls answers that few chose.
    ordered
        Whether the answers rise from low to high: they are then shaded that way.
    named
        Whether each bar says whose it is; not needed where there is one group in all.
    title
        What the chart shows, for formats that draw their own.
    """
    looks = _looks(theme, categories, ordered)
    joint = any(share.together for row in rows for _, share in row.shares)
    key = [(c.label, looks[c.value]) for c in categories]
    key += [(together, _Look(_JOINT))] if joint else []
    lines = _lines([label for label, _ in key], TEXT_WIDTH)
    top = _LINE * len(lines) + 0.08
    height = top + sum(height_of(row) for row in rows) + 0.02
    left = _LABELS + (_GROUPS if named else 0.0)
    with canvas(theme, TEXT_WIDTH, height) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.axis("off")
        axes.set_xlim(0, TEXT_WIDTH)
        axes.set_ylim(height, 0)
        y = 0.1
        for line in lines:
            for x, i in line:
                label, look = key[i]
                _draw(axes, (x, y - 0.045, 0.13, 0.09), look, theme)
                axes.text(x + 0.18, y, label, va="center_baseline", fontsize=_SIZE, color=theme.ink)
            y += _LINE
        y = top
        room = TEXT_WIDTH - left - 0.05
        for row in rows:
            tall = height_of(row)
            first = y + _BAR / 2
            axes.text(
                0,
                first - 0.055,
                wrap(row.name, _LABELS - 0.22, 8, 6),
                va="top",
                fontsize=8,
                color=theme.ink,
                linespacing=1.1,
            )
            for i, (group, share) in enumerate(row.shares):
                middle = first + i * _BAR
                if left > _LABELS:
                    axes.text(
                        _LABELS,
                        middle,
                        wrap(group, _GROUPS - 0.1, _SIZE, 1),
                        fontsize=_SIZE,
                        va="center_baseline",
                        color=theme.mute,
                    )
                if not share.shown:
                    axes.text(
                        left + 0.04,
                        middle,
                        words(f"report.why.{share.why.value}"),
                        fontsize=_SIZE,
                        style="italic",
                        va="center_baseline",
                        color=theme.mute,
                    )
                    continue
                at = left
                told = parts(share, categories)
                # Rounded shares may add to a little more or less than the whole.
                whole = sum(part for _, part in told)
                for value, part in told:
                    wide = part / whole * room
                    look = looks[value] if value else _Look(_JOINT)
                    _draw(axes, (at, middle - 0.065, wide, 0.13), look, theme)
                    if wide >= 0.2:
                        said = words.number(100 * part, 0)
                        # A number on hatching stands on a clear ground of its own.
                        clear = {"boxstyle": "square,pad=0.15", "fc": look.fill, "ec": "none"}
                        axes.text(
                            at + wide / 2,
                            middle,
                            said,
                            ha="center",
                            va="center_baseline",
                            fontsize=6.8,
                            color=_on(look.fill, theme),
                            bbox=clear if look.pattern or not value else None,
                        )
                    at += wide
            y += tall
        drawn = svg(figure)
    said = "; ".join(_said(row, categories, together, words) for row in rows)
    plot = _plot(words, title or words("charts.shares"), rows, key, categories, named)
    return Figure(drawn, words("general.shares.alt", list=said), plots=(plot,) if plot else ())


def _plot(
    words: Words,
    title: str,
    rows: Sequence[Bar],
    key: Sequence[tuple[str, _Look]],
    categories: Sequence[Category],
    named: bool,
) -> Plot | None:
    """The same shares as data: a category a bar, a series an answer."""
    bars = [
        (f"{row.name} – {group}" if named else row.name, share)
        for row in rows
        for group, share in row.shares
    ]
    if not any(share.shown for _, share in bars):
        return None
    values = [c.value for c in categories]
    values += [""] * (len(key) - len(values))  # what few chose, given together
    told = [dict(parts(share, categories)) if share.shown else {} for _, share in bars]
    whys = ["" if share.shown else words(f"report.why.{share.why.value}") for _, share in bars]
    series = tuple(
        PlotSeries(
            label,
            tuple(
                one.get(v, 0.0) if share.shown else None
                for one, (_, share) in zip(told, bars, strict=True)
            ),
            tuple(
                why or words.percent(one.get(v, 0.0)) for one, why in zip(told, whys, strict=True)
            ),
            counts=tuple("" if share.n is None else str(share.n) for _, share in bars),
            colour=look.fill,
            pattern=look.pattern,
        )
        for v, (label, look) in zip(values, key, strict=True)
    )
    return Plot("stack", title, tuple(name for name, _ in bars), series, percent=True, decimals=0)


def parts(share: Share, categories: Sequence[Category]) -> list[tuple[str, float]]:
    """A table's shares in the order of the scale, what is given together (``""``) last; nought is left out."""
    given = dict(zip(share.values, share.shares, strict=True))
    found = [(c.value, given[c.value]) for c in categories if given.get(c.value)]
    return [*found, *([("", share.rest)] if share.together and share.rest else [])]


def _said(row: Bar, categories: Sequence[Category], together: str, words: Words) -> str:
    names = {c.value: c.label for c in categories} | {"": together}
    said = []
    for group, share in row.shares:
        if not share.shown:
            said.append(f"{group}: {words(f'report.why.{share.why.value}')}")
            continue
        values = ", ".join(
            f"{names[v]} {words.percent(part)}" for v, part in parts(share, categories)
        )
        said.append(f"{group}: {values}")
    return words(
        "report.alt.row",
        name=row.name,
        values=" / ".join(said) or words(f"report.why.{Why.NOBODY.value}"),
    )


def _draw(axes: Axes, place: tuple[float, float, float, float], look: _Look, theme: Theme) -> None:
    """A part of a bar or of the key: its ground, what is drawn on it, and its edge."""
    from matplotlib.patches import Rectangle

    x, y, wide, tall = place
    joint = look.fill == _JOINT
    hatch = "////" if joint else _HATCHES[look.pattern]
    if look.pattern:
        # Drawn apart from the edge, which is white on every ground.
        marks = "#ffffff" if _on(look.fill, theme) == "#ffffff" else theme.mute
        axes.add_patch(Rectangle((x, y), wide, tall, fc=look.fill, ec=marks, lw=0, hatch=hatch))
    ground = "none" if look.pattern else look.fill
    edge, drawn = (theme.mute, hatch) if joint else ("white", "")
    axes.add_patch(Rectangle((x, y), wide, tall, fc=ground, ec=edge, lw=0.6, hatch=drawn))


def _lines(labels: Sequence[str], width: float) -> list[list[tuple[float, int]]]:
    """Where each name of the key begins, in as many lines as it takes."""
    lines: list[list[tuple[float, int]]] = [[]]
    x = 0.0
    for i, label in enumerate(labels):
        wide = 0.36 + width_of(label, _SIZE) / 72 * 1.05
        if lines[-1] and x + wide > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, i))
        x += wide
    return lines


def _on(fill: str, theme: Theme) -> str:
    return "#ffffff" if contrast(fill, "#ffffff") >= 4.5 else theme.ink


def _looks(theme: Theme, categories: Sequence[Category], ordered: bool) -> dict[str, _Look]:
    """How each answer looks; neighbours differ in lightness as well."""
    answers = [c.value for c in categories if not c.silent]
    if ordered:
        n = max(1, len(answers) - 1)
        shades = [_Look(tint(theme.primary, 0.15 + 0.85 * i / n)) for i in range(len(answers))]
    else:
        colours = (theme.primary, theme.accent, "#6a4c93", "#3d7a3d")
        base = [
            _Look(shade, pattern)
            for colour, pattern in zip(colours, PATTERNS, strict=True)
            for shade in (colour, tint(colour, 0.35))
        ]
        shades = [base[i % len(base)] for i in range(len(answers))]
    found = dict(zip(answers, shades, strict=True))
    silent = (c.value for c in categories if c.silent)
    return found | {value: _Look(fill) for value, fill in zip(silent, _SILENT, strict=False)}
