"""What the bars of a distribution say: how many people gave each answer, and what their answers sum to."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.released import tidy

__all__ = ["Bars", "bars_of", "rounded", "sums"]

Floats = npt.NDArray[np.float64]
#: The fewest and the most people who can have given each answer, from the lowest on.
Bars = Sequence[tuple[float, float]]

_TINY = 1e-6


def bars_of(
    values: Floats, scale: tuple[int, int], erased: int = 0, shares: Sequence[float] | None = None
) -> Bars:
    """What is known of each answer, of those who are left and of those who were erased since.

    Parameters
    ----------
    values
        Answers of those who are left.
    scale
        Lowest and highest answer.
    erased
        How many more there were.
    shares
        What was printed of all of them; without it whoever was erased can have answered anything.
    """
    counts = [float((values == value).sum()) for value in range(scale[0], scale[1] + 1)]
    if not erased or shares is None:
        return [(count, count + erased) for count in counts]
    return rounded(shares, len(values) + erased)


def rounded(shares: Sequence[float], n: int) -> Bars:
    """How many of n people stand behind shares to a whole per cent."""
    return [
        (ceil((share - 0.005) * n - _TINY), floor((share + 0.005) * n + _TINY)) for share in shares
    ]


def sums(
    values: Floats, scale: tuple[int, int], erased: int = 0, shares: Sequence[float] | None = None
) -> tuple[float, float]:
    """The least and the greatest sum of all answers, as a reader of the bars knows it."""
    n, (low, high) = len(values) + erased, scale
    if shares is None:
        shares = [tidy(float((values == v).sum()) / n, 2) for v in range(low, high + 1)]
    bars = [(max(least, 0.0), most) for least, most in rounded(shares, n)]
    return _filled(bars, n, low, 1), _filled(bars[::-1], n, high, -1)


def _filled(bars: Bars, n: int, first: int, step: int) -> float:
    """The sum where as many as can be stand at the first bars."""
    left, total = n - sum(least for least, _ in bars), 0.0
    for i, (least, most) in enumerate(bars):
        more = min(left, most - least)
        left, total = left - more, total + (least + more) * (first + step * i)
    return total
