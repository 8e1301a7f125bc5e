"""Where an organisation stands among others.

A rank among thirty organisations is itself an estimate: with the next thirty it would be
another.  Hence a percentile with an interval, ties counted half and the viewer's own
organisation left out (else even the best of three stands "above 67 %").

Small organisations swing to both ends of every league table by chance alone.  `shrink`
draws each mean towards the mean of all by as much as its size calls for, and marks where
that matters.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import finite, floats
from hrkit.measure.between import shrunken_means, variance_components

__all__ = ["Rank", "rank_among", "rank_interval", "shrink"]

_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Rank:
    """Percentile rank among other organisations.

    Attributes
    ----------
    below, ties, others
        Number of others that are lower, equal, and compared with at all.
    rank, low, high
        (below + ties/2) / others and its interval, 0 to 1.
    reason
        "", "no value" or "no others".
    """

    below: int
    ties: int
    others: int
    rank: float
    low: float
    high: float
    reason: str


def rank_interval(
    value: float, others: npt.ArrayLike, level: float = 0.95, *, tolerance: float = 1e-9
) -> Rank:
    """Rank a value among those of other organisations.

    Parameters
    ----------
    value
        The organisation's own score.
    others
        Shape (N,), scores of the *other* organisations; NaN is left out.
    level
        Confidence level, 0 to 1.
    tolerance
        Scores closer than this are ties.

    Returns
    -------
    Rank
        NaN with a reason where there is nothing to rank.

    Notes
    -----
    ``Beta(b + 1/2, N - b + 1/2)`` with b = below + ties/2: Jeffreys' interval of a
    proportion, Brown, Cai & DasGupta 2001, Statistical Science 16, 101-133.
    """
    from scipy import stats

    rivals = finite(others)
    count = len(rivals)
    if not np.isfinite(value):
        return Rank(0, 0, count, _NAN, _NAN, _NAN, "no value")
    if not count:
        return Rank(0, 0, 0, _NAN, _NAN, _NAN, "no others")
    ties = int((np.abs(rivals - value) <= tolerance).sum())
    below = int((rivals < value - tolerance).sum())
    b = below + ties / 2
    tail = (1 - level) / 2
    low, high = stats.beta.ppf([tail, 1 - tail], b + 0.5, count - b + 0.5)
    # At the ends the interval reaches the end, as Jeffreys' is usually modified.
    low, high = (0.0 if b == 0 else float(low)), (1.0 if b == count else float(high))
    return Rank(below, ties, count, b / count, low, high, "")


def rank_among(scores: pd.Series, own: Hashable, level: float = 0.95) -> Rank:
    """Rank one organisation among the others of a table.

    Parameters
    ----------
    scores
        Score of each organisation, indexed by organisation.
    own
        The viewer's own organisation; it is left out of those compared with.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    Rank
        "no value" where `own` is not in the table.

    Notes
    -----
    See `rank_interval`.
    """
    mine = scores.index == own
    value = floats(scores[mine])
    return rank_interval(float(value[0]) if len(value) else _NAN, scores[~mine], level)


def shrink(
    n: npt.ArrayLike, mean: npt.ArrayLike, var: npt.ArrayLike, mark_below: float = 0.9
) -> pd.DataFrame:
    """Draw organisations' means towards the mean of all, the small ones most.

    Parameters
    ----------
    n, mean, var
        Shape (N,), size, mean and variance (divisor n - 1) of each organisation.
    mark_below
        Organisations whose own mean weighs less than this are marked.

    Returns
    -------
    DataFrame
        n, mean, weight (lambda), shrunken, marked; NaN where the variances cannot be
        estimated (fewer than two organisations).

    Raises
    ------
    ValueError
        If the lengths differ.

    Notes
    -----
    ``lambda mean + (1 - lambda) mu`` with ``lambda = tau^2 / (tau^2 + sigma^2 / n)``: see
    `shrunken_means` and `variance_components`.
    """
    return shrunken_means(n, mean, variance_components(n, mean, var), mark_below)
