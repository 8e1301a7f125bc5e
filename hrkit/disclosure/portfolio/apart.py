"""The consultant's own view: how far organisations lie apart, and which of them surely stand apart.

Made of released figures of organisations that the consultant holds anyway; it names them, and is not to
be handed on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrkit.disclosure.derived.frame import PAGE, Estimate, difference, each, estimate
from hrkit.disclosure.derived.variance import variance_between
from hrkit.disclosure.portfolio.entries import BroughtIn
from hrkit.disclosure.released import Between, Certainty, Score, tidy
from hrkit.measure import shrink, variance_components

__all__ = ["EIGHT", "Apart", "Standing", "apart"]

#: From so many organisations means are shrunken.
EIGHT = 8
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Standing:
    """One organisation on a dimension, seen from a side.

    Attributes
    ----------
    organisation
        Its id.
    mean, n
        As released.
    shrunken, marked
        Its mean drawn towards that of all, and whether its own weighs less than nine tenths in it.
    certainty, higher
        Whether it surely stands apart from the mean of the others, and on which side.
    """

    organisation: str
    mean: float
    n: int
    shrunken: float | None
    marked: bool
    certainty: Certainty
    higher: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """A dimension, seen from a side, over all organisations.

    Attributes
    ----------
    measure, side
        Which.
    organisations, mean
        How many, and the mean of their means, to one decimal.
    within, between
        Standard deviations of people in an organisation, and of organisations; to one decimal.
    found
        The analysis of variance: whether they differ at all, ICC(1), ICC(2).
    standings
        From the highest shrunken mean to the lowest.
    """

    measure: str
    side: str
    organisations: int
    mean: float
    within: float
    between: float
    found: Between
    standings: tuple[Standing, ...]


def apart(entries: Sequence[BroughtIn]) -> tuple[Apart, ...]:
    """Every dimension and side that two organisations or more have a figure of.

    Notes
    -----
    Whether organisations differ: 5 % over all dimensions and both sides
    (`hrkit.disclosure.derived.variance`).  Where they do, one stands apart if its mean differs from the mean of
    the others' means at 5 % over all organisations and dimensions of a side (Šidák).
    """
    by: dict[tuple[str, str], dict[str, Estimate]] = {}
    scores: dict[tuple[str, str], dict[str, Score]] = {}
    for entry in entries:
        for score in entry.figures:
            if (known := estimate(score)) is not None:
                key = (score.measure, score.group)
                by.setdefault(key, {})[entry.organisation] = known
                scores.setdefault(key, {})[entry.organisation] = score
    by = {key: found for key, found in by.items() if len(found) > 1}
    of_side: dict[str, int] = {}
    for (_, side), found in by.items():
        of_side[side] = of_side.get(side, 0) + len(found)
    return tuple(
        _apart(key, found, scores[key], len(by), of_side[key[1]]) for key, found in by.items()
    )


def _apart(
    key: tuple[str, str],
    by: Mapping[str, Estimate],
    scores: Mapping[str, Score],
    comparisons: int,
    standings: int,
) -> Apart:
    found = variance_between(*key, by, comparisons)
    n = [one.n for one in by.values()]
    mean = [one.mean for one in by.values()]
    var = [(scores[id].spread or 0.0) ** 2 for id in by]
    parts = variance_components(n, mean, var)
    drawn = shrink(n, mean, var)
    rows = []
    for i, (id, one) in enumerate(by.items()):
        sure, higher = _differs(id, by, standings) if found.differ else (Certainty.UNKNOWN, False)
        weighed = len(by) >= EIGHT and math.isfinite(float(drawn["shrunken"].iloc[i]))
        rows.append(
            Standing(
                id,
                one.mean,
                one.n,
                tidy(float(drawn["shrunken"].iloc[i])) if weighed else None,
                bool(weighed and drawn["marked"].iloc[i]),
                sure,
                higher,
            )
        )
    rows.sort(
        key=lambda row: (-(row.mean if row.shrunken is None else row.shrunken), row.organisation)
    )
    return Apart(
        *key,
        len(by),
        tidy(sum(mean) / len(mean)),
        tidy(math.sqrt(max(0.0, parts.within))),
        tidy(math.sqrt(max(0.0, parts.between))),
        found,
        tuple(rows),
    )


def _differs(id: str, by: Mapping[str, Estimate], comparisons: int) -> tuple[Certainty, bool]:
    rest = [one for other, one in by.items() if other != id]
    count = len(rest)
    others = Estimate(
        sum(one.mean for one in rest) / count,
        math.sqrt(sum(one.se**2 for one in rest)) / count,
        sum(one.df for one in rest),
        min(one.n for one in rest),
    )
    told = difference(others, by[id], each(PAGE, comparisons))
    sure = abs(told.value) > told.half + _TINY
    return (Certainty.TENDS if sure else Certainty.UNKNOWN), told.value > 0
