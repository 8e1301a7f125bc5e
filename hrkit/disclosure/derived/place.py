"""A client's place among others: what follows from its own release and the norms all clients share.

No other organisation's figure is read here, and none can be: a page made of the reader's own means and of
numbers that every reader has tells nobody more than these numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

from hrkit.disclosure.derived.frame import (
    PAGE,
    ROUNDING,
    STEP,
    Estimate,
    certainty,
    difference,
    each,
    estimate,
)
from hrkit.disclosure.released import Certainty, ComparedWith, Score, tidy

__all__ = ["BETWEEN", "PlaceAmong", "places"]

#: Standard deviation between organisations where none is shown, in parts of the scale's length: 0.4 on
#: a scale of 1 to 5 (our judgement: more than most, so that less is called a difference).
BETWEEN = 0.1
#: Places are told to so many of a hundred.
TOLD = 5
#: The spread is told with a drawn error that is larger than this in one case of twenty
#: (`hrkit.disclosure.portfolio.proof.drawn_error`).
DRAWN = 0.15
#: Standard deviation of the drawn error of a row, in points of its sum (the same module's `drawn_for_row`).
DRAWN_SUM = 1.06
_LEAST_SPREAD = 0.05


@dataclass(frozen=True, slots=True)
class PlaceAmong:
    """Where one organisation stands on a dimension, seen from a side.

    Attributes
    ----------
    own, low, high
        Its printed mean, with the 95 % interval.
    others, n
        Mean of the others, to one decimal, and how many they are.
    certainty, higher
        How sure it is that it differs from the mean of the others; on which side it stands.
    below, above
        Of a hundred such organisations so many at least, and at most, stand lower; None where it is not
        shown how far organisations lie apart.
    """

    measure: str
    side: str
    own: float
    low: float | None
    high: float | None
    others: float
    n: int
    certainty: Certainty
    higher: bool
    below: int | None = None
    above: int | None = None


def places(
    scores: Mapping[tuple[str, str], Score],
    given: ComparedWith,
    scales: Mapping[str, tuple[float, float]],
) -> tuple[PlaceAmong, ...]:
    """The places of one client, in the order of its scores.

    Parameters
    ----------
    scores
        Its own released scores by dimension and side.
    given
        The norms, and the means by which it is counted in them.
    scales
        Lowest and highest value by dimension.

    Notes
    -----
    Its own mean x is taken out of the mean m of N: (N m - x) / (N - 1).  The others' mean is uncertain
    as one of N - 1 organisations that lie apart as much as is told, its drawn error and half a step more, and
    by the error that is drawn for the mean itself; the difference has the simultaneous interval of a page (`hrkit.disclosure.derived.frame`).  The share that
    stands lower is that of a normal distribution, at both ends of that interval and of that error, so that it leaves
    out one half exactly where the words say that the client differs.
    """
    found = {
        key: (score, row)
        for key, score in scores.items()
        if (row := given.norms.row(*key)) is not None and estimate(score) is not None
    }
    return tuple(
        _place(key, score, row.mean, row.n, given, scales[key[0]], len(found))
        for key, (score, row) in found.items()
    )


def _place(
    key: tuple[str, str],
    score: Score,
    mean: float,
    n: int,
    given: ComparedWith,
    scale: tuple[float, float],
    comparisons: int,
) -> PlaceAmong:
    own = estimate(score)
    assert own is not None
    if key in given.own:
        mean, n = (n * mean - given.own[key]) / (n - 1), n - 1
        mean = min(max(mean, scale[0]), scale[1])
    apart = given.norms.spread_of(key[1])
    wide = BETWEEN * (scale[1] - scale[0]) if apart is None else apart + DRAWN + STEP
    variance = wide**2 / n + ROUNDING + (DRAWN_SUM / n) ** 2
    others = Estimate(mean, math.sqrt(variance), n - 1, n)
    sure = certainty(others, own, comparisons)
    told = difference(others, own, each(PAGE, comparisons))
    below, above = _share(told.low, told.high, apart, sure, told.value > 0)
    return PlaceAmong(
        *key,
        own.mean,
        score.low,
        score.high,
        tidy(mean),
        n,
        sure,
        told.value > 0,
        below,
        above,
    )


def _share(
    low: float, high: float, apart: float | None, sure: Certainty, higher: bool
) -> tuple[int | None, int | None]:
    if not apart:
        return None, None
    around = [NormalDist(0, max(_LEAST_SPREAD, apart + one)) for one in (-DRAWN, DRAWN)]
    least = math.floor(min(one.cdf(low) for one in around) * 100 / TOLD) * TOLD
    most = math.ceil(max(one.cdf(high) for one in around) * 100 / TOLD) * TOLD
    if sure is Certainty.UNKNOWN:
        return min(least, 50), max(most, 50)
    return (max(least, 50), most) if higher else (least, min(most, 50))
