"""The gains as the records tell them: each a definition, its figures in the order of time, and what may be said.

Counts of single people under five are hidden, and so is a count from which one would follow; nothing is
ever added up over gains.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hrkit import kit
from hrkit.model.yamlfile import read_yaml
from hrkit.records.values import OpenLine, Records
from hrkit.tools.gains.runs import Run, read_run

__all__ = [
    "FEWEST",
    "FIGURES",
    "GAINS",
    "TOOL",
    "Counted",
    "Gain",
    "GainFigure",
    "counted",
    "gains",
    "hidden",
]

TOOL, FIGURES = "gains", "figures"
#: People of whom a count is shown.
FEWEST = 5
#: Figures in a row, the latest, that make a target reached so far.
_LAST = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """What may be counted for a gain: how, which way is good, and whether single people are counted."""

    gain: str
    id: str
    kind: Literal["share", "number", "redo"]
    better: Literal["up", "down"]
    people: bool = False


@functools.cache
def counted() -> Mapping[str, Counted]:
    """What may be counted, by ``gain.definition``, in the order of the file."""
    data = read_yaml(kit.templates() / "tools" / TOOL / "definitions.yml").data
    return {
        f"{gain}.{id}": Counted(gain, id, **how)
        for gain, known in data["gains"].items()
        for id, how in known.items()
    }


#: The gains in their order: six promises, and what S2 asks to be shown of developed people.
GAINS = ("quality", "time", "first", "people", "goals", "joy", "developed")


@dataclass(frozen=True, slots=True)
class GainFigure:
    """One figure: its period's first day, what it was made of, and itself.

    ``value`` is None where it is hidden: too few people stand behind it.
    """

    period: dt.date
    value: float | None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class Gain:
    """A gain that is followed.

    Attributes
    ----------
    before, after
        Figures up to the start, and since.
    run
        What the chart says of them.
    better
        Which way is good, as the organisation says.
    at_target
        The last three figures reach the target.
    hours, rate
        Hours that one case done again takes, and what an hour costs: the organisation's own, or None.
    """

    id: str
    how: Counted
    line: OpenLine
    before: tuple[GainFigure, ...]
    after: tuple[GainFigure, ...]
    run: Run
    better: str
    target: float | None = None
    at_target: bool = False
    hours: float | None = None
    rate: float | None = None

    @property
    def figures(self) -> tuple[GainFigure, ...]:
        """All, in the order of time."""
        return (*self.before, *self.after)

    @property
    def good(self) -> bool | None:
        """Whether a sign of change is one for the better; None without a sign."""
        return self.run.verdict.value == self.better if self.run.verdict.told else None


def hidden(numerator: float, denominator: float, *, people: bool) -> bool:
    """Whether a count of people, or what is left of the whole beside it, is of too few.

    >>> hidden(3, 40, people=True), hidden(38, 40, people=True), hidden(0, 40, people=True)
    (True, True, False)
    """
    return people and any(0 < one < FEWEST for one in (numerator, denominator - numerator))


def gains(records: Records) -> tuple[Gain, ...]:
    """The gains that somebody has defined, in their order."""
    lines = {line.row: line for line in records.sheet(TOOL, TOOL)}
    told = records.sheet(TOOL, FIGURES)
    return tuple(_gain(lines[id], told) for id in GAINS if id in lines)


def _number(line: OpenLine, column: str) -> float | None:
    said = line.field(column)
    return float(said) if said else None


def _gain(line: OpenLine, told: Sequence[OpenLine]) -> Gain:
    id = line.row
    how = counted()[line.field("definition")]
    hours, rate = _number(line, "hours"), _number(line, "rate")
    mine = sorted(
        (_figure(one, how, hours) for one in told if one.field("gain") == id),
        key=lambda figure: figure.period,
    )
    start = dt.date.fromisoformat(line.field("start")) if line.field("start") else None
    before = tuple(f for f in mine if start is None or f.period < start)
    after = tuple(f for f in mine if start is not None and f.period >= start)
    run = read_run(_values(before), _values(after))
    better = line.field("better") or how.better
    target = _number(line, "target")
    if target is not None and how.kind == "share":
        target /= 100  # written in per cent
    last = _values(after)[-_LAST:]
    reached = (
        target is not None
        and len(last) == _LAST
        and all(one >= target if better == "up" else one <= target for one in last)
    )
    return Gain(id, how, line, before, after, run, better, target, reached, hours, rate)


def _values(figures: Sequence[GainFigure]) -> list[float]:
    return [one.value for one in figures if one.value is not None]


def _figure(line: OpenLine, how: Counted, hours: float | None) -> GainFigure:
    """One figure, made by its formula of what was counted."""
    period = dt.date.fromisoformat(line.field("period"))
    top, whole = _number(line, "numerator"), _number(line, "denominator")
    if how.kind == "number" or top is None or not whole:
        return GainFigure(period, _number(line, "value"))
    if how.kind == "redo":
        return GainFigure(period, (whole - top) * (hours or 0.0), top, whole)
    if hidden(top, whole, people=how.people):
        return GainFigure(period, None)
    return GainFigure(period, top / whole, top, whole)
