"""What all pages of a benchmark share: a small table of numbers about all organisations together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

__all__ = [
    "LEAST",
    "OTHERS",
    "ComparedWith",
    "Norm",
    "Norms",
    "compared_from_json",
    "compared_to_json",
]

#: At least so many others stand behind whatever a client reads of them.
OTHERS = 10
#: So many organisations has a row of norms: the others, and the reader.
LEAST = OTHERS + 1


@dataclass(frozen=True, slots=True)
class Norm:
    """The mean of organisations on one dimension, seen from one side; each of them weighs the same.

    Attributes
    ----------
    measure, side
        Dimension id; the perspective that names the side.
    n
        Organisations, the reader's own counted where it is one of them.
    mean
        Of their printed means, to one decimal.
    """

    measure: str
    side: str
    n: int
    mean: float


@dataclass(frozen=True)
class Norms:
    """One version of a portfolio's benchmark, as every client's page is made of it.

    Attributes
    ----------
    wave, instrument, version
        What was asked, and when.
    number, day
        Which version of the benchmark this is, and since when.
    organisations
        How many take part.
    rows
        Dimensions and sides that may be shown; none where fewer than eleven organisations have them.
    spread
        How far organisations lie apart from each other, by side: the standard deviation of their
        means, over all its dimensions together, to one decimal.
    synthetic
        Whether anybody's answers are made up.
    """

    wave: str
    instrument: str
    version: str
    organisations: int
    rows: tuple[Norm, ...] = ()
    spread: tuple[tuple[str, float], ...] = ()
    number: int = 0
    day: dt.date | None = None
    synthetic: bool = False

    @cached_property
    def _rows(self) -> dict[tuple[str, str], Norm]:
        return {(row.measure, row.side): row for row in self.rows}

    def row(self, measure: str, side: str) -> Norm | None:
        """The row of a dimension and a side, where there is one."""
        return self._rows.get((measure, side))

    def spread_of(self, side: str) -> float | None:
        """How far organisations lie apart, seen from a side; None where it is not shown."""
        return dict(self.spread).get(side)


@dataclass(frozen=True)
class ComparedWith:
    """What one client's page is made of beside its own release: the norms, and its own part in them.

    ``own`` are the means by which it is counted in, by dimension and side; empty for one that is not.
    """

    norms: Norms
    own: Mapping[tuple[str, str], float] = field(default_factory=dict)


def compared_to_json(one: ComparedWith) -> dict[str, Any]:
    """As plain JSON values."""
    norms = one.norms
    return {
        "wave": norms.wave,
        "instrument": norms.instrument,
        "version": norms.version,
        "organisations": norms.organisations,
        "rows": [[row.measure, row.side, row.n, row.mean] for row in norms.rows],
        "spread": [list(pair) for pair in norms.spread],
        "number": norms.number,
        "day": norms.day.isoformat() if norms.day else None,
        "synthetic": norms.synthetic,
        "own": [[*key, mean] for key, mean in sorted(one.own.items())],
    }


def compared_from_json(data: Mapping[str, Any]) -> ComparedWith:
    """From the values that `compared_to_json` made."""
    values = {name: value for name, value in data.items() if name != "own"}
    values["rows"] = tuple(Norm(*row) for row in data["rows"])
    values["spread"] = tuple((side, value) for side, value in data["spread"])
    values["day"] = dt.date.fromisoformat(data["day"]) if data["day"] else None
    own = {(measure, side): mean for measure, side, mean in data["own"]}
    return ComparedWith(Norms(**values), own)
